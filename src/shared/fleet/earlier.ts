import type { SessionState } from '../domain/session'
import type { Alert, AlertKind } from './alerts'
import type { StoredFacts } from './facts'

/** The part of a row of the board that shows when its values were read. */
interface ReadRow {
  readonly session: SessionState
  readonly facts: StoredFacts | undefined
  readonly alerts: readonly Alert[]
  readonly mutedAlerts: readonly Alert[]
}

/**
 * Servers that are not signed in and whose values were read before that began. `oldest` was read first, RFC 3339;
 * undefined if the time is not known of any.
 */
export interface Earlier {
  readonly count: number
  readonly oldest: string | undefined
}

/** When a value was read, RFC 3339; undefined if that is not known. */
interface ReadTime {
  readonly readAt: string | undefined
}

/** The reading of the value of a row, if it is an earlier one. */
export type EarlierReading = (row: ReadRow) => ReadTime | undefined

/** A state without a beginning is older than this run of the app, and so than what was read in this run. */
const runStart = performance.timeOrigin

/** Undefined for a value of the present state, such as a certificate that a handshake showed after the sign-out. */
function earlierReading({ phase, since }: SessionState, readAt: string | undefined): ReadTime | undefined {
  if (phase === 'signed-in') return undefined
  const began = since === undefined ? runStart : Date.parse(since)
  return readAt !== undefined && Date.parse(readAt) >= began ? undefined : { readAt }
}

export const earlierLimits: EarlierReading = ({ session, facts }) =>
  facts?.limits && earlierReading(session, facts.limits.readAt)

/** Without a presented certificate, that of the time at which it was trusted is shown. */
export const earlierCertificate: EarlierReading = ({ session, facts }) =>
  earlierReading(session, facts?.certificate?.readAt)

export const earlierRules: EarlierReading = ({ session, facts }) =>
  facts?.expiringRules && earlierReading(session, facts.expiringRules.readAt)

/** The version and the role are read in a session alone; no time is stored with them, but with what is read together. */
export const earlierIdentity =
  (key: 'version' | 'role'): EarlierReading =>
  ({ session, facts }) =>
    session.phase === 'signed-in' || session[key] !== undefined
      ? undefined
      : { readAt: facts?.limits?.readAt ?? facts?.expiringRules?.readAt ?? facts?.lastResponse }

const ofAlert = (kind: AlertKind): EarlierReading => {
  if (kind === 'certificate') return earlierCertificate
  return kind === 'rules' ? earlierRules : earlierLimits
}

/** When the first of these values was read, RFC 3339; undefined if no time is known. */
export const oldestOf = (readings: readonly (ReadTime | undefined)[]): string | undefined =>
  readings
    .flatMap((reading) => reading?.readAt ?? [])
    .sort((a, b) => Date.parse(a) - Date.parse(b))
    .at(0)

/** The oldest value that an alert of the row follows from, if there is an earlier one. */
export const earlierAlert: EarlierReading = (row) => {
  const kinds = [...row.alerts, ...row.mutedAlerts].map(({ kind }) => kind)
  const found = kinds.flatMap((kind) => ofAlert(kind)(row) ?? [])
  return found.length === 0 ? undefined : { readAt: oldestOf(found) }
}

/** Those of the rows whose values are earlier ones; undefined if there are none. */
export function earlierOf(rows: readonly ReadRow[], reading: EarlierReading): Earlier | undefined {
  const found = rows.flatMap((row) => reading(row) ?? [])
  return found.length === 0 ? undefined : { count: found.length, oldest: oldestOf(found) }
}
