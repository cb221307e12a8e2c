import type { WriteSource } from '@shared/domain/journal'
import { FleetError, type ErrorCode } from '@shared/ipc/result'
import type { PbxWriter } from '../../portsip/pbx-client'
import { isUnknown, unknownOutcome, unreadAfterLoss, unverified } from './unknown-outcome'
import { withoutSecret } from '../without-secret'
import { failedResult } from './outcome'
import type { Sending, Settling, Write, WriteLog, WriteResult } from './write'

const writers = new WeakMap<WriteAccess, PbxWriter>()

/** Access to changing one server. It can be passed on, but only this module can send with it. */
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

/** Milliseconds between reads after a missing response: immediately, then 2, 10 and 30 s after it. */
const readAgainAfterMs = [0, 2_000, 8_000, 20_000] as const

/** Errors after which no later read can succeed. */
const finalCodes: ReadonlySet<ErrorCode> = new Set(['signed-out', 'denied', 'tls-changed', 'tls-untrusted'])

const codeOf = (error: unknown): ErrorCode | undefined => (error instanceof FleetError ? error.detail.code : undefined)

/** Errors that already state that nothing was sent, or that have their own reason. */
const decidedCodes: ReadonlySet<ErrorCode> = new Set([
  'cancelled',
  'confirmation-required',
  'conflict',
  'guarded',
  'read-only',
  'rejected',
])

/** Reading failed before the change, so the error adds that nothing was sent. */
function withNothingSent(error: unknown): unknown {
  if (!(error instanceof FleetError) || decidedCodes.has(error.detail.code)) return error
  const { hint } = error.detail
  const newHint = hint === undefined ? 'Nothing was sent.' : `Nothing was sent. ${hint}`
  return new FleetError({ ...error.detail, hint: newHint }, { cause: error })
}

/**
 * Result of sending a change, with the number of its journal entry. For `failed`, the result is already in the journal;
 * for the others, `conclude` enters it.
 */
export type SendResult<S, T> = { readonly entry: number } & (
  | { readonly state: 'sent'; readonly reply: S }
  /** There was no response, but reading showed the change. */
  | { readonly state: 'settled'; readonly value: T }
  | { readonly state: 'failed'; readonly error: unknown; readonly result: WriteResult }
)

/** Changes to one server that were confirmed as its protection level requires. Created only by `Writer`. */
export class Approved {
  constructor(
    private readonly access: WriteAccess,
    private readonly logOf: (source: WriteSource) => WriteLog,
    private readonly source: WriteSource,
    private readonly wait: (ms: number) => Promise<void>,
  ) {}

  /** The same approval for one of several changes that were confirmed together. */
  from(source: WriteSource): Approved {
    return new Approved(this.access, this.logOf, source, this.wait)
  }

  /** Reads what the change depends on. An error states that nothing was sent. */
  async before<T>(read: () => Promise<T>): Promise<T> {
    try {
      return await read()
    } catch (error) {
      throw withNothingSent(error)
    }
  }

  /**
   * Enters the change in the journal, sends it once and reads it back. A missing response is settled by reading, never
   * by a second request. Throws the server's refusal, and `unknown-outcome` if the change could not be verified.
   */
  async perform<S, T>(write: Write, sending: Sending<S, T>): Promise<T> {
    const sent = await this.begin(write, sending)
    if (sent.state === 'failed') throw withEntry(sent.error, sent.entry)
    try {
      const value = sent.state === 'settled' ? sent.value : await readBack(write, sending, sent.reply)
      await this.conclude(sent.entry, { outcome: 'done', ...sending.noted?.(value) })
      return value
    } catch (error) {
      const clean = withoutSecrets(error, sending)
      await this.conclude(sent.entry, failedResult(clean))
      throw withEntry(clean, sent.entry)
    }
  }

  /**
   * The first half of `perform`, for changes that are read back together: enters the change in the journal, sends it
   * once and settles a missing response. Throws only if it could not be entered, so that nothing was sent.
   */
  async begin<S, T>(write: Write, sending: Omit<Sending<S, T>, 'readBack' | 'noted'>): Promise<SendResult<S, T>> {
    const entry = await this.log.intent(write)
    try {
      return { entry, ...(await this.sendOrSettle(write, sending)) }
    } catch (error) {
      const clean = withoutSecrets(error, sending)
      const result = failedResult(clean)
      await this.conclude(entry, result)
      return { entry, state: 'failed', error: clean, result }
    }
  }

  /** Enters the result of a change that was begun. */
  conclude(entry: number, result: WriteResult): Promise<void> {
    return this.log.result(entry, result)
  }

  private get log(): WriteLog {
    return this.logOf(this.source)
  }

  private async sendOrSettle<S, T>(
    write: Write,
    { send, settling }: Pick<Sending<S, T>, 'send' | 'settling'>,
  ): Promise<{ readonly state: 'sent'; readonly reply: S } | { readonly state: 'settled'; readonly value: T }> {
    try {
      return { state: 'sent', reply: await send(writerOf(this.access)) }
    } catch (error) {
      if (!isUnknown(error) || settling === undefined) throw error
      return { state: 'settled', value: await this.settle(write, settling) }
    }
  }

  private async settle<T>({ operation }: Write, { find, missing, onResponseMissing }: Settling<T>): Promise<T> {
    let readError: unknown
    onResponseMissing?.()
    for (const ms of readAgainAfterMs) {
      if (ms > 0) await this.wait(ms)
      try {
        const evidence = await find()
        if (evidence !== undefined) return evidence
        readError = undefined
      } catch (error) {
        readError = error
        if (finalCodes.has(codeOf(error) ?? 'internal')) break
      }
    }
    if (readError === undefined) throw unknownOutcome(operation, `The response was lost. ${missing}`)
    throw unreadAfterLoss(operation, readError)
  }
}

async function readBack<S, T>(write: Write, { readBack: read }: Sending<S, T>, reply: S): Promise<T> {
  try {
    return await read(reply)
  } catch (error) {
    if (isUnknown(error)) throw error
    throw unverified(write.operation, error)
  }
}

/** The error of a change with the number of its journal entry, to which the window links. */
const withEntry = (error: unknown, entry: number): unknown =>
  error instanceof FleetError ? new FleetError({ ...error.detail, entry }, { cause: error }) : error

const withoutSecrets = (error: unknown, { secrets = [] }: Pick<Sending<unknown, unknown>, 'secrets'>): unknown =>
  secrets.reduce(withoutSecret, error)
