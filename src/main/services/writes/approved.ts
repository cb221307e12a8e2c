import { FleetError, type ErrorCode } from '@shared/ipc/result'
import type { PbxWriter } from '../../portsip/pbx-client'
import { isUnknown, unknownOutcome } from './unknown-outcome'
import { withoutSecret } from '../without-secret'
import { failedResult } from './outcome'
import type { Sending, Settling, Write, WriteLog } from './write'

const writers = new WeakMap<WriteAccess, PbxWriter>()

/** Access to changing one server. Whoever has it can pass it on; only this module can send with it. */
export class WriteAccess {
  constructor(writer: PbxWriter) {
    writers.set(this, writer)
  }
}

function writerOf(access: WriteAccess): PbxWriter {
  const writer = writers.get(access)
  if (writer === undefined) throw new Error('No writer belongs to this access')
  return writer
}

/** After a lost response the state is read right away, and again 2, 10 and 30 s after the loss: so long after the reading before, in milliseconds. */
const readAgainAfter = [0, 2_000, 8_000, 20_000] as const

/** Without a session no later reading can succeed. */
const final: ReadonlySet<ErrorCode> = new Set(['signed-out', 'denied', 'tls-changed', 'tls-untrusted'])

const codeOf = (error: unknown): ErrorCode | undefined => (error instanceof FleetError ? error.detail.code : undefined)

/** Errors that say themselves that nothing was sent, or that stop the change for a reason of their own. */
const decided: ReadonlySet<ErrorCode> = new Set([
  'cancelled',
  'confirmation-required',
  'conflict',
  'guarded',
  'read-only',
  'rejected',
])

/** A reading that failed is not the change that failed: the error says that nothing was sent. */
function nothingSent(error: unknown): unknown {
  if (!(error instanceof FleetError) || decided.has(error.detail.code)) return error
  const { hint } = error.detail
  const said = hint === undefined ? 'Nothing was sent.' : `Nothing was sent. ${hint}`
  return new FleetError({ ...error.detail, hint: said }, { cause: error })
}

/** Changes to one server that were confirmed as its protection level asks; made by `Writer` alone. */
export class Approved {
  constructor(
    private readonly access: WriteAccess,
    private readonly log: WriteLog,
    private readonly wait: (ms: number) => Promise<void>,
  ) {}

  /** Reads what the change depends on; a failure says that nothing was sent. */
  async before<T>(read: () => Promise<T>): Promise<T> {
    try {
      return await read()
    } catch (error) {
      throw nothingSent(error)
    }
  }

  /**
   * Enters the change in the journal, sends it, once, and reads what it left. A lost response is settled by reading again, never by a second request. Throws what the server
   * refused, and `unknown-outcome` for a change that was sent and could not be verified.
   */
  async perform<S, T>(write: Write, sending: Sending<S, T>): Promise<T> {
    const entry = await this.log.intent(write)
    try {
      const value = await this.sendAndRead(write, sending)
      await this.log.result(entry, { outcome: 'done', ...sending.noted?.(value) })
      return value
    } catch (error) {
      const clean = (sending.secrets ?? []).reduce(withoutSecret, error)
      await this.log.result(entry, failedResult(clean))
      throw clean
    }
  }

  private async sendAndRead<S, T>(write: Write, { send, readBack, settling }: Sending<S, T>): Promise<T> {
    let sent: S
    try {
      sent = await send(writerOf(this.access))
    } catch (error) {
      if (!isUnknown(error) || settling === undefined) throw error
      return this.settle(write, settling)
    }
    try {
      return await readBack(sent)
    } catch (error) {
      if (isUnknown(error)) throw error
      const message = 'The server confirmed the change, but it could not be read back.'
      throw unknownOutcome(write.operation, message, error)
    }
  }

  private async settle<T>({ operation }: Write, { find, missing }: Settling<T>): Promise<T> {
    let unread: unknown
    for (const ms of readAgainAfter) {
      if (ms > 0) await this.wait(ms)
      try {
        const found = await find()
        if (found !== undefined) return found
        unread = undefined
      } catch (error) {
        unread = error
        if (final.has(codeOf(error) ?? 'internal')) break
      }
    }
    if (unread === undefined) throw unknownOutcome(operation, `The response was lost. ${missing}`)
    throw unknownOutcome(operation, 'The response was lost, and the state could not be read afterwards.', unread)
  }
}
