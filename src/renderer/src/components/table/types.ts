import type { ListQuery, Page, PageQuery } from '@shared/domain/page'
import type { Result } from '@shared/ipc/result'
import type { FieldSpec } from '@shared/resources/field'
import type { TextField } from '@shared/resources/value-text'

export type Row = Readonly<Record<string, unknown>>

/** A column: `key` names the row's field among `K`, `width` is in CSS pixels. */
export interface TableColumn<K extends string = string> extends TextField {
  readonly key: K
  readonly label: string
  readonly width: number
  readonly sortable?: boolean
  /** Gets the remaining width, with others that do in the ratio of these numbers; by default the last text column does. */
  readonly stretched?: boolean | number
  /** Hidden by default. */
  readonly optional?: boolean
}

/**
 * The selected rows. `all` means every row that matches the query, loaded or not, except for `except`; it becomes ids only for an action
 * (`collect` of the table).
 */
export type TableSelection =
  | { readonly mode: 'some'; readonly ids: readonly string[] }
  | { readonly mode: 'all'; readonly except: readonly string[] }

export interface CopyRequest {
  readonly query: ListQuery
  readonly selection: TableSelection
  readonly columns: readonly TableColumn[]
}

/**
 * The source of rows. A new `revision` loads again and keeps the scroll position. With `copy` the source copies, for example in main; otherwise
 * the table loads the selected rows and copies them as tab-separated text. `copied` are the rows to copy in place of one that stands for them.
 */
export interface RowSource<R extends Row = Row> {
  readonly revision: number
  readonly load: (query: PageQuery) => Promise<Result<Page<R>>>
  readonly copy?: (request: CopyRequest) => Promise<Result<{ readonly rows: number }>>
  readonly copied?: (row: R) => readonly R[]
}

export type TableState = 'loading' | 'ready' | 'empty' | 'error'

export interface TableStatus {
  readonly state: TableState
  /** Rows that match the query; absent until the first reply. */
  readonly count?: number
}

/** The columns of a resource's field list, in its order. */
export const columnsOf = <K extends string>(
  fields: readonly FieldSpec<K>[],
  shown: (field: FieldSpec) => boolean = ({ inTable }) => Boolean(inTable),
): readonly TableColumn<K>[] =>
  fields.filter(shown).map((field) => ({
    key: field.key,
    label: field.column ?? field.label,
    width: field.width ?? 160,
    kind: field.kind,
    ...(field.sortable === undefined ? {} : { sortable: field.sortable }),
    ...(field.empty === undefined ? {} : { empty: field.empty }),
    ...(field.kind === 'choice' ? { choices: field.choices } : {}),
    ...(field.kind === 'number' && field.unit !== undefined ? { unit: field.unit } : {}),
    ...(field.kind === 'number' && field.of !== undefined ? { of: field.of } : {}),
    ...(field.kind === 'list' ? { separator: field.separator } : {}),
    ...(field.kind === 'rows' ? { fields: field.fields } : {}),
    ...(field.inTable === 'optional' ? { optional: true } : {}),
  }))

/** Where a person is in a table. */
export interface TablePlace {
  /** The index of the active row. */
  readonly row: number
  /** In CSS pixels. */
  readonly top: number
}

/** The methods of a table for its page. */
export interface TableHandle<R extends Row> {
  readonly focus: () => void
  readonly copy: () => Promise<void>
  /** The selected rows, loaded if necessary. */
  readonly collect: () => Promise<Result<readonly R[]>>
  /** The row of the active cell. */
  readonly activeRow: () => R | undefined
  readonly place: () => TablePlace
  /** Shows this place with the focus as soon as its row has arrived, unless the table is used before. */
  readonly goBackTo: (place: TablePlace) => void
  /** Selects the row with this ID and shows it with the focus; false if it is not among the first ones of the list. */
  readonly show: (id: string) => Promise<Result<boolean>>
}
