import { join } from 'node:path'
import type { MainLogger } from 'electron-log'
import { describeForLog } from './redact'

export type LogLevel = 'error' | 'warn' | 'info' | 'debug'

export interface LogOptions {
  /** Folder of `main.log`, created if missing. */
  readonly folder: string
  readonly packaged: boolean
}

const maxBytes = 2 * 1024 * 1024

/**
 * The Node version of electron-log, because its main version would open IPC channels to the window. Every message is
 * masked before it is written, including those of libraries that use this logger.
 */
async function openLogger(options: LogOptions): Promise<MainLogger> {
  const { default: logger } = await import('electron-log/node')
  const { file, console, ipc, remote } = logger.transports
  file.resolvePathFn = () => logFile(options.folder)
  // A larger file is renamed to main.old.log and replaces the previous one.
  file.maxSize = maxBytes
  file.level = options.packaged ? 'info' : 'debug'
  console.level = options.packaged ? false : 'warn'
  if (ipc) ipc.level = false
  if (remote) remote.level = false
  logger.hooks.push((message) => ({ ...message, data: message.data.map(describeForLog) }))
  return logger as unknown as MainLogger
}

const logFile = (folder: string): string => join(folder, 'main.log')

/** The log file. Opened with the first line, so that the app starts faster; lines keep their order. */
export class AppLog {
  private logger: Promise<MainLogger> | undefined

  constructor(private readonly options: LogOptions) {}

  get file(): string {
    return logFile(this.options.folder)
  }

  readonly error = (message: string, ...details: readonly unknown[]): Promise<void> =>
    this.write('error', message, details)
  readonly warn = (message: string, ...details: readonly unknown[]): Promise<void> =>
    this.write('warn', message, details)
  readonly info = (message: string, ...details: readonly unknown[]): Promise<void> =>
    this.write('info', message, details)
  readonly debug = (message: string, ...details: readonly unknown[]): Promise<void> =>
    this.write('debug', message, details)

  /** Resolves when the line was passed to the file. A log that cannot be opened must not stop the app. */
  private async write(level: LogLevel, message: string, details: readonly unknown[]): Promise<void> {
    this.logger ??= openLogger(this.options)
    try {
      ;(await this.logger)[level](message, ...details)
    } catch {
      // There is no other place to report it.
    }
  }
}
