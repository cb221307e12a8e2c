import type { RecordValues } from '@shared/domain/record'
import type { ServerRecord } from '@shared/domain/server'
import type { Guard } from '@shared/domain/write'
import type { FieldError } from '@shared/ipc/result'
import type { FieldSpec } from '@shared/resources/field'
import type { ListId } from '@shared/resources/ids'
import type { ApiRecord, FormValues } from '@shared/resources/nested'
import type { PbxReader, PbxWriter } from '../../portsip/pbx-client'
import type { ListedRecord } from '../../portsip/records'

/** A record that is going to be created: `at` is its place among the others, `line` that in the spreadsheet that it came from. */
export interface NewRecord {
  readonly at: number
  readonly line?: number
  readonly values: FormValues
}

/** A record that is going to be changed. */
export interface ChangedRecord {
  readonly id: string
  readonly current: ApiRecord
  readonly changes: RecordValues
}

export interface CheckContext {
  readonly client: PbxReader
  readonly server: ServerRecord
  readonly now: number
  readonly signal: AbortSignal
}

/** The harm that rows would do; `marks` say it at the row itself. */
export interface Harm {
  readonly guards: readonly Guard[]
  readonly warnings: readonly string[]
  readonly marks: ReadonlyMap<number, string>
  /** Why rows cannot be created. */
  readonly problems?: ReadonlyMap<number, string>
}

export interface RowNote {
  readonly text: string
  readonly isWarning: boolean
}

/** What imports and plans have to know of a list. */
export interface ListTarget {
  readonly resource: ListId
  /** The operation that creates one. */
  readonly operation: string
  /** `rule`, `transport`; `rules`, `transports`. */
  readonly singular: string
  readonly plural: string
  /** The fields that may be set when one is made. */
  readonly fields: readonly FieldSpec[]
  /** A record that has one of these in common with another one is the same as it, or in conflict with it. */
  conflictKeys(values: FormValues): readonly string[]
  /** Fields in which one that is there is compared with a row. */
  compared(values: FormValues): readonly FieldSpec[]
  existing(client: PbxReader, signal: AbortSignal): AsyncIterable<readonly ListedRecord[]>
  /** Tells those of the existing ones that `harm` wants to see of these rows. */
  readonly keeps?: (rows: readonly Pick<NewRecord, 'values'>[]) => (record: ListedRecord) => boolean
  /** Reads the whole of one, where rows of the list are summaries. */
  readonly whole?: (client: PbxReader, id: string, signal: AbortSignal) => Promise<ApiRecord>
  /** What the API's schema says against the values, beyond what the fields say. */
  problems(values: RecordValues): readonly FieldError[]
  /** What the other rows of a file mean for rows, by their places; warnings are flagged. Nothing is read for it. */
  readonly rowNotes?: (rows: readonly NewRecord[]) => ReadonlyMap<number, RowNote>
  /** Begins to read what `harm` will read of these rows, while the list is read. The client remembers it. */
  readonly readAhead?: (client: PbxReader, rows: readonly Pick<NewRecord, 'values'>[]) => void
  harm(context: CheckContext, rows: readonly NewRecord[], kept: readonly ListedRecord[]): Promise<Harm>
  /** `problems` by the places of the changed records. */
  changeHarm(context: CheckContext, changed: readonly ChangedRecord[]): Promise<Omit<Harm, 'marks'>>
  deleteHarm(context: CheckContext, deleted: ReadonlyMap<string, ApiRecord>): Promise<readonly Guard[]>
  /** Sends one; answers its id. Errors: FleetError, `unknown-outcome` where the answer was lost. */
  create(client: PbxWriter, values: RecordValues): Promise<string>
}
