import type { IpcMainInvokeEvent } from 'electron'
import type { z } from 'zod'
import { ipcContract, type Args, type Channel, type Value } from '@shared/ipc/contract'
import type { AppError, Result } from '@shared/ipc/result'
import { appOrigin } from '../app-origin'
import { answerChannel } from './gate'
import { toAppError } from '../to-app-error'

const untrusted: AppError = { code: 'untrusted-sender', message: 'Access denied for this frame' }

type Report = (channel: string, error: unknown) => void
let report: Report = () => undefined

/** Where failures that are not told by a `FleetError`, and calls from frames that may not call, are written. */
export const reportIpcFailures = (to: Report): void => {
  report = to
}

/** Only the top frame of a window that shows our own origin may call; a frame inside it or a foreign page may not. */
const isTrusted = (event: IpcMainInvokeEvent): boolean => {
  const frame = event.senderFrame
  if (frame === null || frame.parent !== null || frame !== event.sender.mainFrame) return false
  return frame.origin === appOrigin()
}

function register<A, V>(channel: string, schema: z.ZodType<A>, run: (args: A) => Promise<V> | V): void {
  answerChannel(channel, async (event, raw): Promise<Result<V>> => {
    if (!isTrusted(event)) {
      report(channel, untrusted)
      return { ok: false, error: untrusted }
    }
    try {
      return { ok: true, value: await run(schema.parse(raw)) }
    } catch (error) {
      const told = toAppError(error)
      if (told.code === 'internal' || told.code === 'invalid-arguments') report(channel, error)
      return { ok: false, error: told }
    }
  })
}

/** Answers a channel of the contract: checks the sender, parses the arguments, maps errors. Nothing is thrown across. */
export function handle<C extends Channel>(channel: C, run: (args: Args<C>) => Promise<Value<C>> | Value<C>): void {
  register(channel, ipcContract[channel].args as unknown as z.ZodType<Args<C>>, run)
}

/** The same for a channel that preload speaks by itself and the page cannot reach. */
export const handlePreloadOnly = register
