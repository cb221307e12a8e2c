import type { IpcMainInvokeEvent } from 'electron'
import type { z } from 'zod'
import type { Args, Channel, IpcContract, Value } from '@shared/ipc/contract'
import type { AppError, Result } from '@shared/ipc/result'
import { appOrigin } from '../app-origin'
import { checkArgumentSize } from './argument-size'
import { setHandler } from './gate'
import { toAppError } from '../to-app-error'

const untrusted: AppError = { code: 'untrusted-sender', message: 'Access denied for this frame' }

type Report = (channel: string, error: unknown) => void
let report: Report = () => undefined

/** Sets the log for unexpected errors and for calls from untrusted frames. */
export const reportIpcFailures = (log: Report): void => {
  report = log
}

/** Only the top frame of a window with our own origin may call. */
const isTrusted = (event: IpcMainInvokeEvent): boolean => {
  const frame = event.senderFrame
  if (frame === null || frame.parent !== null || frame !== event.sender.mainFrame) return false
  return frame.origin === appOrigin()
}

/**
 * Handles a channel: checks the sender, parses the arguments, and maps errors. Never throws to the window.
 */
export function register<A, V>(channel: string, schema: z.ZodType<A>, run: (args: A) => Promise<V> | V): void {
  setHandler(channel, async (event, raw): Promise<Result<V>> => {
    if (!isTrusted(event)) {
      report(channel, untrusted)
      return { ok: false, error: untrusted }
    }
    try {
      checkArgumentSize(raw)
      return { ok: true, value: await run(schema.parse(raw)) }
    } catch (error) {
      const appError = toAppError(error)
      if (appError.code === 'internal' || appError.code === 'invalid-arguments') report(channel, error)
      return { ok: false, error: appError }
    }
  })
}

export type Handle<C extends Channel> = <N extends C>(
  channel: N,
  run: (args: Args<N>) => Promise<Value<N>> | Value<N>,
) => void

/** The function that handles the channels of a part of the contract. */
export const handleOf =
  <C extends Channel>(specs: Pick<IpcContract, C>): Handle<C> =>
  (channel, run) =>
    register(channel, specs[channel].args as unknown as z.ZodType<Args<typeof channel>>, run)
