import type { RecordValues } from '@shared/domain/record'
import type { PbxWriter } from '../../portsip/pbx-client'

/** One change to a server as data: it can be stored, shown and compared, and contains no secret. */
export interface Write {
  /** As the reference names it: `POST /ip_filters/{id}`. */
  readonly operation: string
  /** What is changed, as a person finds it on this server or on another: `rule 203.0.113.0/24`. */
  readonly identity: string
  /** The server's own ID of it, where it has one already. */
  readonly id?: string
  /** The described fields as they were read before. */
  readonly before: RecordValues
  /** The fields that change. */
  readonly changes: RecordValues
}

/** How a lost response is settled, for a change whose effect can be read. */
export interface Settling<T> {
  /** What shows that the change was saved; undefined as long as nothing does. */
  readonly find: () => Promise<T | undefined>
  /** What was not found, for the error: `No new rule like this is on the server.` */
  readonly missing: string
}

/** How a write is sent, and how its effect is found out. */
export interface Sending<S, T> {
  readonly send: (writer: PbxWriter) => Promise<S>
  /** Reads what the change left, once the server has replied. Throws `unknown-outcome` where nothing shows the change. */
  readonly readBack: (sent: S) => Promise<T>
  /** Absent for a change whose effect cannot be read: its outcome stays unknown. */
  readonly settling?: Settling<T>
}
