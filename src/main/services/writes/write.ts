import type { Intent, Result } from '@shared/domain/journal'
import type { PbxWriter } from '../../portsip/pbx-client'

/** One change to a server as data: it can be stored, shown and compared, and contains no secret. */
export type Write = Readonly<Intent['write']>

/** What the journal keeps of a change that the server confirmed; `done` where it does not say another outcome. */
export type Noted = Pick<Result, 'newId' | 'differences' | 'error'> & Partial<Pick<Result, 'outcome'>>

/** How a change ended, as the journal keeps it. */
export type WriteResult = Omit<Result, 'kind' | 'of'>

/** The journal's side of one change. */
export interface WriteLog {
  /** Resolves with the number of the entry once it is on the disk; nothing is sent before. */
  intent(write: Write): Promise<number>
  /** Never fails: the change was sent, and an entry without a result is settled later. */
  result(of: number, result: WriteResult): Promise<void>
}

/** How a lost response is settled, for a change whose effect can be read. */
export interface Settling<T> {
  /** What shows that the change was saved; undefined as long as nothing does. */
  readonly find: () => Promise<T | undefined>
  /** What was not found, for the error: `No new rule like this is on the server.` */
  readonly missing: string
  /** The response was lost: reading begins, and can last for half a minute. */
  readonly lost?: () => void
}

/** How a write is sent, and how its effect is found out. */
export interface Sending<S, T> {
  readonly send: (writer: PbxWriter) => Promise<S>
  /** Reads what the change left, once the server has replied. Throws `unknown-outcome` where nothing shows the change. */
  readonly readBack: (sent: S) => Promise<T>
  /** Absent for a change whose effect cannot be read: its outcome stays unknown. */
  readonly settling?: Settling<T>
  readonly noted?: (value: T) => Noted
  /** What is sent and must not come back in the words of an error. */
  readonly secrets?: readonly string[]
}
