import { Worker } from 'node:worker_threads'
import { localeArgument, setLocale } from '@shared/format/locale'
import type { AppError } from '@shared/ipc/result'
import { toAppError } from '../../to-app-error'
import { describeForLog } from '../redact'
import { FilesHost, type Files } from './files-host'

export interface FilesCall {
  readonly call: number
  readonly method: keyof Files
  readonly args: readonly unknown[]
}

/** `memory` is what the process uses, in bytes. */
export type FilesReply = { readonly call: number; readonly memory: number } & (
  | { readonly value: unknown }
  | { readonly error: AppError; readonly cause?: string }
)

/** The part of Electron's `process.parentPort` that is used here; typed locally, as this program imports no electron. */
interface ParentPort {
  on(event: 'message', listener: (event: { readonly data: FilesCall }) => void): void
  postMessage(reply: FilesReply): void
}

/** `cause` is for the log: the window gets a sentence that says nothing about a fault of ours. */
function failed(call: number, thrown: unknown): FilesReply {
  const error = toAppError(thrown)
  const memory = process.memoryUsage.rss()
  return error.code === 'internal' ? { call, memory, error, cause: describeForLog(thrown) } : { call, memory, error }
}

/** Electron sets no memory limit for a process of ours, and a limit of V8 would not count buffers. A thread sees to it while this one is busy. */
function limitMemory(megabytes: number): void {
  const most = megabytes * 1024 * 1024
  const watch = `setInterval(() => { if (process.memoryUsage.rss() > ${most}) process.kill(process.pid, 'SIGKILL') }, 50)`
  new Worker(watch, { eval: true }).unref()
}

const host = new FilesHost()
const methods = host as unknown as Record<keyof Files, (...args: readonly unknown[]) => Promise<unknown>>

async function reply({ call, method, args }: FilesCall, send: (reply: FilesReply) => void): Promise<void> {
  try {
    const value = await methods[method](...args)
    send({ call, memory: process.memoryUsage.rss(), value })
  } catch (error) {
    send(failed(call, error))
  }
}

const { parentPort } = process as unknown as { readonly parentPort?: ParentPort }
// The arguments of the program, see `fork-files.ts`.
setLocale(process.argv.at(-2)?.replace(localeArgument, '') ?? '')
limitMemory(Number(process.argv.at(-1)))
// A process of Electron, or one of plain Node as in the tests.
parentPort?.on('message', ({ data }) => void reply(data, (message) => parentPort.postMessage(message)))
if (process.send !== undefined)
  process.on('message', (call: FilesCall) => void reply(call, (message) => process.send?.(message)))
