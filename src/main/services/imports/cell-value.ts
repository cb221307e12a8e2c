import { parseAddress } from '@shared/domain/address'
import { typedCidr } from '@shared/domain/typed-cidr'
import { fileLimits } from '@shared/limits/files'
import { decimalsMax, sizeDecimals } from '@shared/numbers/decimals'
import { parseFileNumber } from '@shared/numbers/parse-number'
import type { FieldChoice, FieldSpec } from '@shared/resources/field'
import { emailItems, listItems } from '@shared/resources/list-text'
import { normalValue } from '@shared/resources/normal'
import { pickValue } from '@shared/resources/pick-value'
import { problemOf } from '@shared/resources/problem'
import { withoutInvisible } from '@shared/text/invisible'
import { cellTime } from './cell-time'
import { readJson, repeatedName } from './json-text'

export type CellValue = { readonly value: unknown } | { readonly problem: string }

const yes: ReadonlySet<string> = new Set(['true', 'yes', '1', 'on'])
const no: ReadonlySet<string> = new Set(['false', 'no', '0', 'off'])
const switchProblem = `Expected ${[...yes].join(', ')} or ${[...no].join(', ')}`
/** As many as a server can send: an export has to come back as it was. */
const shareDecimals = 20

function numberOf(text: string, decimals: number): CellValue {
  const parsed = parseFileNumber(text, decimals)
  return parsed.ok ? { value: parsed.value } : { problem: parsed.problem }
}

/** A size with its amount in plain form. One that is in it already stays as an export wrote it. */
function sizeOf(text: string): CellValue {
  const [, amount, unit = ''] = /^(.*\d)\s*([a-z]*)$/i.exec(text) ?? []
  if (amount === undefined) return { value: text }
  const parsed = parseFileNumber(amount, sizeDecimals)
  if (!parsed.ok) return { problem: parsed.problem }
  return { value: /^\d+(?:\.\d+)?[A-Z]*$/.test(text) ? text : `${parsed.value}${unit.toUpperCase()}` }
}

function jsonOf(text: string): CellValue {
  const read = readJson(text, fileLimits.depth)
  if (!read.ok) return { problem: 'Expected JSON, as in an export' }
  const twice = repeatedName(read.value)
  if (twice !== undefined) return { problem: `It has more than one value for “${twice}”` }
  return read.isExact ? { value: JSON.parse(text) as unknown } : { problem: 'A number in it has too many digits' }
}

/** The API's value, and the label that is accepted as well. */
const choiceText = ({ value, label }: FieldChoice): string =>
  value.toLowerCase() === label.toLowerCase() ? value : `${value} (${label})`

/** A name as it was meant; the address of a server as the workspace keeps it. */
function textOf(field: FieldSpec, cell: string): unknown {
  const text = normalValue(field, cell)
  if (field.kind !== 'text' || field.rule !== 'server-address' || typeof text !== 'string') return text
  const parsed = parseAddress(text)
  return parsed.ok ? parsed.url : text
}

/** Without marks and with plain blanks: a spreadsheet writes no-break spaces, and marks of directions are copied along. */
const withoutMarks = (cell: string): string =>
  withoutInvisible(cell)
    .replaceAll(/[\u00a0\u2007\u202f]/g, ' ')
    .trim()

function read(field: FieldSpec, cell: string): CellValue {
  const text = withoutMarks(cell)
  switch (field.kind) {
    case 'number':
      return numberOf(text, field.fraction ? decimalsMax : 0)
    case 'share':
      return numberOf(text, shareDecimals)
    case 'size':
      return sizeOf(text)
    case 'switch': {
      const word = text.toLowerCase()
      if (yes.has(word)) return { value: true }
      return no.has(word) ? { value: false } : { problem: switchProblem }
    }
    case 'choice': {
      const word = text.toLowerCase()
      const found = field.choices.find(({ value, label, also = [] }) =>
        [value, label, ...also].some((each) => each.toLowerCase() === word),
      )
      return found === undefined
        ? { problem: `Expected one of ${field.choices.map(choiceText).join(', ')}` }
        : { value: found.value }
    }
    case 'pick':
      return pickValue(field, text)
    case 'time':
      return cellTime(text)
    case 'cidr': {
      const parsed = typedCidr(text)
      return { value: parsed.ok ? parsed.cidr.text : text }
    }
    case 'list':
      return {
        value: (field.of === 'email' ? emailItems(text) : listItems(text, field.separator)).join(field.separator),
      }
    case 'week':
    case 'rows':
      return jsonOf(text)
    case 'text':
      return { value: textOf(field, cell) }
    case 'secret':
    case 'json':
      return { value: cell }
    default:
      return { value: text }
  }
}

/** What the app shows for a field without a value, such as “Never”. */
const isWordForNone = ({ kind, empty }: FieldSpec, cell: string): boolean =>
  kind !== 'text' && kind !== 'secret' && empty?.toLowerCase() === withoutMarks(cell).toLowerCase()

/** A cell as the field's value: typed, in its normal form, or what is wrong with it. A blank cell has none. */
export function cellValue(field: FieldSpec, cell: string): CellValue {
  if (cell.trim() === '' || isWordForNone(field, cell)) return { value: undefined }
  const found = read(field, cell)
  if ('problem' in found) return found
  const problem = problemOf(field, found.value)
  return problem === undefined ? found : { problem }
}
