/**
 * Command and arguments to start npm: on Windows it is a batch file, which requires a shell.
 *
 * @param {...string} args
 * @returns {[string, string[]]}
 */
export const npm = (...args) => (process.platform === 'win32' ? ['cmd', ['/c', 'npm', ...args]] : ['npm', args])
