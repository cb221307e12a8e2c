/**
 * How npm is started here: on Windows it is a batch file, which only a shell can run.
 *
 * @param {...string} args
 * @returns {[string, string[]]}
 */
export const npm = (...args) => (process.platform === 'win32' ? ['cmd', ['/c', 'npm', ...args]] : ['npm', args])
