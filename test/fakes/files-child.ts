import { fork, type ChildProcess } from 'node:child_process'
import { fileLimits } from '@shared/limits/files'
import { localeArgument } from '@shared/format/locale'
import type { FilesChild } from '@main/services/exports/file-process'

/**
 * The built program that reads files, in a process of plain Node instead of Electron's; `children` contains each one.
 */
export function forkInNode(
  program: string,
  children: ChildProcess[] = [],
  megabytes: number = fileLimits.processMegabytes,
  locale = 'en-US',
): FilesChild {
  const child = fork(program, [localeArgument + locale, String(megabytes)], {
    serialization: 'advanced',
    stdio: 'ignore',
  })
  // The process may have ended meanwhile.
  child.on('error', () => undefined)
  children.push(child)
  return {
    postMessage: (message) => void child.send(message, () => undefined),
    on: (event, listener) => child.on(event, listener as (message: unknown) => void),
    once: (event, listener) => child.once(event, listener),
    kill: () => child.kill('SIGKILL'),
  }
}
