import type { Intent, Result } from '@shared/domain/journal'
import type { PbxWriter } from '../../portsip/pbx-client'

/** One change to a server as data: it can be stored, shown and compared, and contains no secret. */
export type Write = Readonly<Intent['write']>

/** What the journal stores about a confirmed change; the outcome is `done` by default. */
export type Noted = Pick<Result, 'newId' | 'differences' | 'error'> & Partial<Pick<Result, 'outcome'>>

/** How a change ended, as stored in the journal. */
export type WriteResult = Omit<Result, 'kind' | 'of'>

/** Enters one change in the journal. */
export interface WriteLog {
  /** Resolves with the number of the entry once it is on disk; nothing is sent before. */
  intent(write: Write): Promise<number>
  /** Never fails: the change was sent, and an entry without a result is settled later. */
  result(of: number, result: WriteResult): Promise<void>
}

/** How a missing response is settled, for a change whose effect can be read. */
export interface Settling<T> {
  /** Evidence that the change was saved; undefined if there is none. */
  readonly find: () => Promise<T | undefined>
  /** States what is missing, for the error: `No new rule like this is on the server.` */
  readonly missing: string
  /** Called when there was no response; reading may take half a minute. */
  readonly onResponseMissing?: () => void
}

/** How a write is sent, and how its effect is read. */
export interface Sending<S, T> {
  readonly send: (writer: PbxWriter) => Promise<S>
  /** Reads the effect after a response. Throws `unknown-outcome` if there is no evidence of the change. */
  readonly readBack: (sent: S) => Promise<T>
  /** Undefined if the effect cannot be read; the outcome then remains unknown. */
  readonly settling?: Settling<T>
  readonly noted?: (value: T) => Noted
  /** Secrets that must not appear in error texts. */
  readonly secrets?: readonly string[]
}
