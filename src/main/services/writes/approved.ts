import type { WriteSource } from '@shared/domain/journal'
import { FleetError, type ErrorCode } from '@shared/ipc/result'
import type { PbxWriter } from '../../portsip/pbx-client'
import { isUnknown, unknownOutcome, unverified } from './unknown-outcome'
import { withoutSecret } from '../without-secret'
import { failedResult } from './outcome'
import type { Sending, Settling, Write, WriteLog, WriteResult } from './write'

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

/** What sending one change came to, with the number of its journal entry. `failed` has its result in the journal already; the others get theirs by `conclude`. */
export type Begun<S, T> = { readonly entry: number } & (
  | { readonly state: 'sent'; readonly reply: S }
  /** The response was lost, and reading showed the change. */
  | { readonly state: 'settled'; readonly value: T }
  | { readonly state: 'failed'; readonly error: unknown; readonly result: WriteResult }
)

/** Changes to one server that were confirmed as its protection level asks; made by `Writer` alone. */
export class Approved {
  constructor(
    private readonly access: WriteAccess,
    private readonly logOf: (source: WriteSource) => WriteLog,
    private readonly source: WriteSource,
    private readonly wait: (ms: number) => Promise<void>,
  ) {}

  /** The same approval for one change of several that were confirmed together. */
  from(source: WriteSource): Approved {
    return new Approved(this.access, this.logOf, source, this.wait)
  }

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
    const begun = await this.begin(write, sending)
    if (begun.state === 'failed') throw begun.error
    try {
      const value = begun.state === 'settled' ? begun.value : await readBack(write, sending, begun.reply)
      await this.conclude(begun.entry, { outcome: 'done', ...sending.noted?.(value) })
      return value
    } catch (error) {
      const clean = withoutSecrets(error, sending)
      await this.conclude(begun.entry, failedResult(clean))
      throw clean
    }
  }

  /**
   * The first half of `perform`, for changes that are read back together: enters the change in the journal, sends it, once, and settles a lost response. Throws only where
   * nothing could be entered, and therefore nothing was sent.
   */
  async begin<S, T>(write: Write, sending: Omit<Sending<S, T>, 'readBack' | 'noted'>): Promise<Begun<S, T>> {
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

  private async settle<T>({ operation }: Write, { find, missing, lost }: Settling<T>): Promise<T> {
    let unread: unknown
    lost?.()
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

async function readBack<S, T>(write: Write, { readBack: read }: Sending<S, T>, reply: S): Promise<T> {
  try {
    return await read(reply)
  } catch (error) {
    if (isUnknown(error)) throw error
    throw unverified(write.operation, error)
  }
}

const withoutSecrets = (error: unknown, { secrets = [] }: Pick<Sending<unknown, unknown>, 'secrets'>): unknown =>
  secrets.reduce(withoutSecret, error)
