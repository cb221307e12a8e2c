import { join } from 'node:path'
import type { MainLogger } from 'electron-log'
import { describeForLog } from './redact'

export type LogLevel = 'error' | 'warn' | 'info' | 'debug'

export interface LogOptions {
  /** Where `main.log` stands; made when it is missing. */
  readonly folder: string
  readonly packaged: boolean
}

const maxBytes = 2 * 1024 * 1024

/**
 * The Node flavour of electron-log: its main flavour would open IPC channels of its own to the window. Everything is masked before it reaches a
 * transport, also what a library writes through the same logger.
 */
async function openLogger(options: LogOptions): Promise<MainLogger> {
  const { default: logger } = await import('electron-log/node')
  const { file, console, ipc, remote } = logger.transports
  file.resolvePathFn = () => logFile(options.folder)
  // Beyond this the file becomes main.old.log, and the one before that goes.
  file.maxSize = maxBytes
  file.level = options.packaged ? 'info' : 'debug'
  console.level = options.packaged ? false : 'warn'
  if (ipc) ipc.level = false
  if (remote) remote.level = false
  logger.hooks.push((message) => ({ ...message, data: message.data.map(describeForLog) }))
  return logger as unknown as MainLogger
}

const logFile = (folder: string): string => join(folder, 'main.log')

/** The log file. It is opened with the first line, so that the start does not wait for it; lines keep their order. */
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

  /** Resolves when the line was handed to the file. A log that cannot be opened stops nobody. */
  private async write(level: LogLevel, message: string, details: readonly unknown[]): Promise<void> {
    this.logger ??= openLogger(this.options)
    try {
      ;(await this.logger)[level](message, ...details)
    } catch {
      // There is no other place to say it.
    }
  }
}
