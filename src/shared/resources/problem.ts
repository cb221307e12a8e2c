import { isBlank } from './blank'
import { printNumber } from '../format/print-number'
import ipaddr from 'ipaddr.js'
import { z } from 'zod'
import { accountNameProblem } from '../domain/account-name'
import { parseAddress } from '../domain/address'
import { typedCidr } from '../domain/typed-cidr'
import { apiTime } from '../domain/real-date'
import { didProblem, didRangeText, parseDids, selfOverlaps } from '../domain/did'
import { dayProblem, officeHoursSchema, weekDays } from '../domain/office-hours'
import { passwordProblem } from '../domain/password-policy'
import { decimalsMax, percentDecimals, percentSigns } from '../numbers/decimals'
import { parseNumber, type ParseOptions } from '../numbers/parse-number'
import { sizeProblem } from '../numbers/size'
import type { FieldSpec, PairedField } from './field'
import { listItems } from './list-text'
import type { FormValues } from './nested'
import { normalValue } from './normal'
import { numberText } from './value-text'

type Of<K extends FieldSpec['kind']> = Extract<FieldSpec, { kind: K }>

function lengthProblem({ minLength, maxLength, pattern }: Of<'text'> | Of<'secret'>, text: string, expected?: string) {
  if (maxLength !== undefined && text.length > maxLength)
    return `Maximum ${printNumber(maxLength)} characters (${printNumber(text.length)} entered)`
  if (minLength !== undefined && text.length < minLength) return `Minimum ${minLength} characters`
  if (pattern !== undefined && !new RegExp(`^(?:${pattern})$`, 'u').test(text))
    return expected ?? 'Contains characters that are not allowed'
  return undefined
}

/** What no domain has, also not one that only the PBX and its phones know. */
function domainProblem(text: string): string | undefined {
  const [other] = /[^\p{L}\p{M}\p{N}._-]/u.exec(text) ?? []
  if (other !== undefined)
    return `A domain has letters, digits, hyphens and dots, but no ${other.trim() === '' ? 'spaces' : other}`
  return text.split('.').includes('') ? 'A dot of a domain stands between two names' : undefined
}

function ruleProblem(field: Of<'text'> | Of<'secret'>, text: string, values: FormValues): string | undefined {
  switch (field.rule) {
    case 'account-name':
      return accountNameProblem(text)
    case 'domain':
      return domainProblem(text)
    case 'email':
      return z.email().safeParse(text).success ? undefined : 'Enter an email address'
    case 'server-address': {
      const parsed = parseAddress(text)
      return parsed.ok ? undefined : parsed.message
    }
    case 'admin-password': {
      const about = field.kind === 'secret' ? (field.about ?? []).map((key) => values[key]) : []
      return passwordProblem(
        text,
        about.filter((value) => typeof value === 'string'),
      )
    }
    case 'reported-policy':
    case undefined:
      return undefined
  }
}

/** The PBX may write a whole number as text; any other text is what somebody typed and what is no number yet. */
const numberFrom = (value: unknown): number | undefined => {
  if (typeof value === 'number') return Number.isFinite(value) ? value : undefined
  const number = typeof value === 'string' && /^-?(?:0|[1-9]\d*)$/.test(value) ? Number(value) : NaN
  return Number.isSafeInteger(number) ? number : undefined
}

function typedProblem(value: unknown, options: ParseOptions): string {
  const parsed = typeof value === 'string' ? parseNumber(value, options) : undefined
  return parsed && !parsed.ok ? parsed.problem : 'A number is expected'
}

/** What the other field of a pair does not allow; a value that is no number is no bound. */
function pairProblem({ notBelow, notAbove, of }: Of<'number'>, number: number, values: FormValues): string | undefined {
  const bound = (other: PairedField | undefined): number | undefined =>
    other === undefined ? undefined : numberFrom(values[other.key])
  const [low, high] = [bound(notBelow), bound(notAbove)]
  const text = (limit: number): string => numberText({ ...(of && { of }) }, limit)
  if (low !== undefined && number < low) return `Must not be below ${notBelow?.label} (${text(low)})`
  return high !== undefined && number > high ? `Must not be above ${notAbove?.label} (${text(high)})` : undefined
}

function numberProblem(field: Of<'number'>, value: unknown, values: FormValues): string | undefined {
  const { min, max, fraction, unit, of } = field
  const number = numberFrom(value)
  if (number === undefined)
    return typedProblem(value, { decimals: fraction ? decimalsMax : 0, units: unit === undefined ? [] : [unit] })
  if (fraction !== true && !Number.isInteger(number)) return 'A whole number is expected'
  if (min !== undefined && number < min) return `Minimum ${numberText({ ...(of && { of }) }, min)}`
  if (max !== undefined && number > max) return `Maximum ${numberText({ ...(of && { of }) }, max)}`
  return pairProblem(field, number, values)
}

function shareProblem(value: unknown): string | undefined {
  if (typeof value !== 'number') return typedProblem(value, { decimals: percentDecimals, units: percentSigns })
  return value >= 0 && value <= 1 ? undefined : 'Must be from 0% to 100%'
}

/** The first entry that the API would not take, or two that hold the same number. */
function didListProblem(items: readonly string[]): string | undefined {
  const wrong = items.map(didProblem).find((problem) => problem !== undefined)
  const [twice] = wrong === undefined ? selfOverlaps(parseDids(items.join(';'))) : []
  return twice === undefined
    ? wrong
    : `${didRangeText(twice.own)} and ${didRangeText(twice.theirs)} overlap: ${didRangeText(twice.shared)} is in both`
}

/** What no server has as its own address: the machine itself, all machines, none. */
const hostless: ReadonlySet<string> = new Set(['loopback', 'unspecified', 'multicast', 'broadcast'])

function addressProblem({ family, host }: Of<'address'>, text: string): string | undefined {
  const valid = family === 4 ? ipaddr.IPv4.isValidFourPartDecimal(text) : ipaddr.IPv6.isValid(text)
  if (!valid) return `An IPv${family} address is expected`
  if (host !== true || !hostless.has(ipaddr.process(text).range())) return undefined
  return `${text} is not reachable from other hosts`
}

function listProblem({ separator, of, max }: Of<'list'>, text: string): string | undefined {
  const items = listItems(text, separator)
  if (max !== undefined && items.length > max)
    return `Maximum ${printNumber(max)} entries (${printNumber(items.length)} entered)`
  if (of === 'email') {
    const wrong = items.find((item) => !z.email().safeParse(item).success)
    return wrong === undefined ? undefined : `${wrong} is not an email address`
  }
  return of === 'did' ? didListProblem(items) : undefined
}

function weekProblem(value: unknown): string | undefined {
  const week = officeHoursSchema.safeParse(value)
  if (!week.success) return 'Weekly hours are expected'
  for (const day of weekDays) {
    const problem = dayProblem(week.data[day] ?? {})
    if (problem !== undefined) return `${day.charAt(0).toUpperCase()}${day.slice(1)}: ${problem}`
  }
  return undefined
}

function rowsProblem({ fields }: Of<'rows'>, value: unknown): string | undefined {
  if (!Array.isArray(value)) return 'A list is expected'
  for (const [index, row] of (value as readonly FormValues[]).entries()) {
    const first = [...problemsOf(fields, row)][0]
    if (first !== undefined) return `Row ${index + 1}, ${first[0]}: ${first[1]}`
  }
  return undefined
}

function jsonProblem(text: string): string | undefined {
  try {
    JSON.parse(text)
    return undefined
  } catch (error) {
    return `Not valid JSON: ${error instanceof Error ? error.message : 'cannot be read'}`
  }
}

const pemHead = { certificate: /-----BEGIN CERTIFICATE-----/, 'private-key': /-----BEGIN (?:[A-Z]+ )?PRIVATE KEY-----/ }

/** What is wrong with one value, in words for the person; nothing when it may be sent. `values` are those of the whole form. */
export function problemOf(field: FieldSpec, value: unknown, values: FormValues = {}): string | undefined {
  const isRequired = field.required === true || field.neverBlank === true
  if (isBlank(value)) return isRequired ? `${field.label} is required` : undefined
  const text = String(normalValue(field, value) as string | number | boolean)
  // A name of spaces could not be seen anywhere.
  if (isRequired && field.kind === 'text' && text.trim() === '') return `${field.label} is required`
  switch (field.kind) {
    case 'cidr': {
      const parsed = typedCidr(String(value as string | number | boolean))
      return parsed.ok ? undefined : parsed.message
    }
    case 'address':
      return addressProblem(field, text)
    case 'text':
      return lengthProblem(field, text, field.expected) ?? ruleProblem(field, text, values)
    case 'secret':
      return lengthProblem(field, text) ?? ruleProblem(field, text, values)
    case 'number':
      return numberProblem(field, value, values)
    case 'share':
      return shareProblem(value)
    case 'time':
      return Number.isNaN(apiTime(text)) ? 'A date and a time are expected' : undefined
    case 'choice':
      return field.choices.some((choice) => choice.value === value) ? undefined : 'Not a valid choice'
    case 'size':
      return sizeProblem(text)
    case 'list':
      return listProblem(field, text)
    case 'pem':
      return pemHead[field.of].test(text)
        ? undefined
        : `PEM text is expected, starting with -----BEGIN ${field.of === 'certificate' ? 'CERTIFICATE' : 'PRIVATE KEY'}-----`
    case 'json':
      return jsonProblem(text)
    case 'week':
      return weekProblem(value)
    case 'rows':
      return rowsProblem(field, value)
    case 'id':
    case 'pick':
    case 'switch':
      return undefined
  }
}

/** Problems by field key; a field that is of no use with the others as they are, or that is only shown, has none. */
export const problemsOf = (fields: readonly FieldSpec[], values: FormValues): ReadonlyMap<string, string> =>
  new Map(
    fields.flatMap((field) => {
      const problem =
        field.readOnly === true || !isOfUse(field, values) ? undefined : problemOf(field, values[field.key], values)
      return problem === undefined ? [] : [[field.key, problem] as const]
    }),
  )

/** Whether a field does anything while the others of the form hold what they hold; one that the form does not have stands against nothing. */
export const isOfUse = ({ onlyWith }: FieldSpec, values: FormValues): boolean =>
  onlyWith === undefined ||
  values[onlyWith.key] === undefined ||
  onlyWith.is.includes(values[onlyWith.key] as string | boolean)
