import { mayUse, type Account } from '@shared/access/allowed'
import { printNumber } from '@shared/format/print-number'
import type {
  ExportColumn,
  ExportEntry,
  ExportFormat,
  ExportScope,
  ExportResource,
  IncompleteRead,
} from '@shared/domain/export'
import { countText } from '@shared/format/count-text'
import type { FilterTerm } from '@shared/domain/page'
import { exportedOf } from '@shared/resources/exported'
import { visibleText } from '@shared/domain/visible-text'
import { localDateTime } from '@shared/format/time'

interface FormatChoice {
  readonly value: ExportFormat
  readonly label: string
  readonly short: string
  readonly about: string
}

/** In the order of the dialog. */
export const formatChoices: readonly FormatChoice[] = [
  {
    value: 'csv',
    label: 'CSV',
    short: 'CSV',
    about: 'For spreadsheets and scripts. Safe to open: no cell can run as a formula.',
  },
  {
    value: 'xlsx',
    label: 'Excel workbook (XLSX)',
    short: 'XLSX',
    about: 'For Excel and LibreOffice. Every cell is text, so IDs and ranges are not converted.',
  },
  {
    value: 'jsonl',
    label: 'JSON lines',
    short: 'JSON lines',
    about: 'For programs: one object per line with every field except secrets.',
  },
  {
    value: 'native',
    label: 'PBX export file (original)',
    short: 'PBX file',
    about: 'Created by the PBX and saved unchanged. Not made safe for a spreadsheet.',
  },
]

export const formatText = (format: ExportFormat | undefined): string =>
  formatChoices.find((choice) => choice.value === format)?.short ?? ''

export const resourceText = (resource: ExportResource | undefined): string =>
  resource === undefined ? '' : exportedOf(resource).label

/** The formats for a resource: the PBX creates a file only for IP rules, and not for every account. */
export const formatsFor = (resource: ExportResource, account: Account = {}): readonly FormatChoice[] =>
  formatChoices.filter(
    ({ value }) => value !== 'native' || (resource === 'ip-rules' && mayUse(account, resource, 'export')),
  )

/** For example "GET /ip_filters returned 299 of 5,000 rows." */
export const incompleteText = ({ operation, read, expected }: IncompleteRead): string =>
  `${visibleText(operation)} returned ${printNumber(read)} of ${printNumber(expected)} rows.`

interface IntegrityText {
  readonly label: string
  readonly tone: 'ok' | 'danger' | 'neutral'
  readonly about: string
}

const integrityTexts: Readonly<Record<ExportEntry['integrity'], IntegrityText>> = {
  unchecked: {
    label: 'Not verified yet',
    tone: 'neutral',
    about: 'Not yet compared with the hash in its manifest.',
  },
  intact: { label: 'Verified', tone: 'ok', about: 'The file is unchanged since it was exported.' },
  altered: { label: 'Modified', tone: 'danger', about: 'The file was modified after it was exported.' },
  missing: { label: 'File missing', tone: 'danger', about: 'The manifest is in the folder, but the file is missing.' },
  unknown: {
    label: 'No manifest',
    tone: 'neutral',
    about: 'No manifest found. The origin of this file is unknown.',
  },
}

/** The badge of an export. An unchanged file with missing rows is not shown as verified. */
export function badgeText({
  integrity,
  manifest,
}: Pick<ExportEntry, 'integrity'> & {
  readonly manifest?: { readonly incomplete?: IncompleteRead | undefined }
}): IntegrityText {
  if (manifest?.incomplete === undefined || integrity === 'altered' || integrity === 'missing')
    return integrityTexts[integrity]
  return { label: 'Incomplete', tone: 'danger', about: `${incompleteText(manifest.incomplete)} Rows are missing.` }
}

const operators: Readonly<Record<FilterTerm['operator'], string>> = {
  eq: 'is',
  ne: 'is not',
  gt: 'after',
  ge: 'from',
  lt: 'before',
  le: 'up to',
  startswith: 'begins with',
  endswith: 'ends with',
  contains: 'contains',
}

/** The rows of an export as text. */
export function scopeText(scope: ExportScope, columns: readonly ExportColumn[]): string {
  if (scope.kind === 'all') return 'All rows, no filter'
  if (scope.kind === 'selection') return `${countText(scope.ids.length, 'row')} selected`
  const label = (key: string) => columns.find((column) => column.key === key)?.label ?? key
  const terms = (scope.query.filter ?? []).map(
    (term) => `${label(term.key)} ${operators[term.operator]} “${localTimeOnly(term.value)}”`,
  )
  const search = scope.query.search === undefined ? [] : [`search “${scope.query.search}”`]
  const sort = scope.query.sort
  const order = sort && `sorted by ${label(sort.key)}${sort.descending ? ', last first' : ''}`
  const parts = [[...search, ...terms].join(' and '), order ?? ''].filter((part) => part !== '')
  return parts.length === 0 ? 'All rows, no filter' : parts.join(', ')
}

/** Converts only full timestamps: a range such as 10.0.0.1 would also parse as a date. */
const localTimeOnly = (value: string): string =>
  /^\d{4}-\d\d-\d\dT[\d:.]+Z$/.test(value) ? localDateTime(value) : value
