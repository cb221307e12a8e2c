import { parentPort } from 'node:worker_threads'
import type { AppError } from '@shared/ipc/result'
import { toAppError } from '../../ipc/to-app-error'
import { describeForLog } from '../redact'
import { FilesHost, type Files } from './files-host'

export interface FilesCall {
  readonly call: number
  readonly method: keyof Files
  readonly args: readonly unknown[]
}

export type FilesAnswer =
  | { readonly call: number; readonly value: unknown }
  | { readonly call: number; readonly error: AppError; readonly cause?: string }

/** For the log of whoever asked: the sentence that the window gets says nothing about a fault of ours. */
function failed(call: number, thrown: unknown): FilesAnswer {
  const error = toAppError(thrown)
  return error.code === 'internal' ? { call, error, cause: describeForLog(thrown) } : { call, error }
}

/** The entry of the thread: one call, one answer. */
const host = new FilesHost()
const methods = host as unknown as Record<keyof Files, (...args: readonly unknown[]) => Promise<unknown>>

parentPort?.on('message', ({ call, method, args }: FilesCall) => {
  methods[method](...args).then(
    (value) => parentPort?.postMessage({ call, value } satisfies FilesAnswer),
    (error: unknown) => parentPort?.postMessage(failed(call, error)),
  )
})
