import { apiTime } from '../domain/real-date'
import { localDateTime } from '../format/time'
import { officeHoursSchema, weekText } from '../domain/office-hours'
import { visibleText } from '../domain/visible-text'
import { printNumber, printPercent } from '../format/print-number'
import { printSize } from '../numbers/size'
import { plainText } from '../text/plain-text'
import type { FieldChoice, FieldSpec } from './field'
import { listItems } from './list-text'
import type { FormValues } from './nested'

/** The part of a field that decides how its values are shown. */
export interface TextField {
  readonly kind: FieldSpec['kind']
  readonly choices?: readonly FieldChoice[]
  readonly unit?: string
  readonly of?: string
  /** Of a list. */
  readonly separator?: ';' | ','
  readonly fields?: readonly FieldSpec[]
  readonly secret?: boolean
  /** The text of a blank one. */
  readonly empty?: string
}

/** Whether a field's numbers are amounts, and no names as ports are. */
export const isAmount = ({ kind, of }: Pick<TextField, 'kind' | 'of'>): boolean => kind === 'number' && of !== 'port'

/** An amount with its digits grouped as in the user's language, and its unit, as in `1 day`; a port as it is. */
export function numberText({ of, unit }: { readonly of?: string; readonly unit?: string }, value: unknown): string {
  const text = typeof value === 'number' && of !== 'port' ? printNumber(value) : visibleText(plainText(value))
  if (unit === undefined) return text
  return `${text} ${Number(value) === 1 ? unit.replace(/s$/, '') : unit}`
}

const rowsText = (fields: readonly FieldSpec[], rows: readonly FormValues[]): string =>
  rows.map((row) => fields.map((field) => valueText(field, row[field.key])).join(' ')).join(', ')

const switchTexts: ReadonlyMap<string, string> = new Map([
  ['true', 'Yes'],
  ['false', 'No'],
])

/** A value in words for the person, with characters that nobody sees made readable; where there is none, what that means. */
export function valueText(field: TextField, value: unknown): string {
  if (value === null || value === undefined || value === '') return field.empty ?? ''
  if (field.secret === true) return '••••••••'
  switch (field.kind) {
    case 'switch':
      return switchTexts.get(plainText(value)) ?? visibleText(plainText(value))
    case 'choice':
      return field.choices?.find((choice) => choice.value === value)?.label ?? visibleText(plainText(value))
    case 'time':
      return Number.isNaN(apiTime(plainText(value))) ? visibleText(plainText(value)) : localDateTime(plainText(value))
    case 'share':
      return typeof value === 'number' ? printPercent(value) : visibleText(plainText(value))
    case 'size':
      return visibleText(printSize(plainText(value)))
    case 'secret':
      return '••••••••'
    case 'week': {
      const week = officeHoursSchema.safeParse(value)
      return week.success ? weekText(week.data) : visibleText(plainText(value))
    }
    case 'rows':
      return Array.isArray(value)
        ? visibleText(rowsText(field.fields ?? [], value as readonly FormValues[]))
        : visibleText(plainText(value))
    case 'number':
      return numberText(field, value)
    case 'list': {
      const { separator = ',' } = field
      return visibleText(listItems(plainText(value), separator).join(`${separator} `))
    }
    default:
      return visibleText(plainText(value))
  }
}
