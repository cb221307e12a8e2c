import { parentPort, workerData } from 'node:worker_threads'
import { setLocale } from '@shared/format/locale'
import type { AppError } from '@shared/ipc/result'
import { toAppError } from '../../to-app-error'
import { RowsHost, type Rows } from './rows-host'

export interface RowsCall {
  readonly call: number
  readonly method: keyof Rows
  readonly args: readonly unknown[]
}

export type RowsReply = { readonly call: number } & ({ readonly value: unknown } | { readonly error: AppError })

/** Passed to the thread when it starts. */
export interface RowsStart {
  /** The system's locale, for the order of names. */
  readonly locale: string
}

setLocale((workerData as RowsStart).locale)
const host = new RowsHost()
const methods = host as unknown as Record<keyof Rows, (...args: readonly unknown[]) => Promise<unknown>>

async function reply({ call, method, args }: RowsCall): Promise<RowsReply> {
  try {
    return { call, value: await methods[method](...args) }
  } catch (error) {
    return { call, error: toAppError(error) }
  }
}

parentPort?.on('message', (message: RowsCall) => void reply(message).then((answer) => parentPort?.postMessage(answer)))
