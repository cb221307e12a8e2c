import { daysUntil } from '../format/age'
import { searchText } from '../rows/search'
import { certificateEnd, shareOf } from './alerts'
import { verdicts, type BoardRow } from './board-row'
import { fleetStates } from './health'

/** A part of the filter that has no meaning, and what it could have been. */
export interface FilterProblem {
  readonly term: string
  readonly message: string
}

export interface BoardFilter {
  readonly test: (row: BoardRow, now: number) => boolean
  /** The row does not match only because a number that the filter compares was not read. */
  readonly isUnread: (row: BoardRow, now: number) => boolean
  readonly problems: readonly FilterProblem[]
}

type Test = (row: BoardRow, now: number) => boolean
/** `isUnread`: the row has no value to compare. */
export type RowTest = Test & { readonly isUnread?: Test }

const contains = (text: string, part: string): boolean => searchText([text]).includes(searchText([part.trim()]))

/** `key:value`; several values separated by commas are alternatives. */
const texts: { readonly [key: string]: (row: BoardRow, part: string) => boolean } = {
  server: ({ server }, part) => contains(server.name, part),
  folder: ({ server }, part) => (part === 'none' ? server.folder === '' : contains(server.folder, part)),
  tag: ({ server }, part) => server.tags.some((tag) => contains(tag, part)),
  address: ({ server }, part) => contains(`${server.address} ${server.secondAddress}`, part),
  version: ({ session, facts }, part) => (session.version ?? facts?.version ?? '').startsWith(part),
  state: ({ health, verdict, newAlerts }, part) =>
    health.state === part || verdict === part || (part === 'new' && newAlerts.length > 0),
}

/** The filter for servers with new alerts. */
export const newAlertsFilter = 'state:new'

export const stateNames: readonly string[] = [
  ...new Set([...Object.keys(fleetStates), ...Object.keys(verdicts), 'new']),
]

const ends = ({ facts, server }: BoardRow): readonly (string | undefined)[] => [
  facts?.limits?.maintenanceExpiresAt,
  certificateEnd(facts, server),
  facts?.expiringRules?.soonest[0]?.expiresAt,
]

/** A number of a row for comparisons; a row without it does not match. `per` units are 1. */
interface NumberFilter {
  readonly unit: 'd' | '%'
  readonly per: number
  readonly example: string
  readonly read: (row: BoardRow, now: number) => number | undefined
}

const numbers: { readonly [key: string]: NumberFilter } = {
  /** Days until the first end of maintenance, certificate or an allow rule. */
  expires: {
    unit: 'd',
    per: 1,
    example: '30d',
    read: (row, now) => {
      const days = ends(row)
        .map((end) => daysUntil(end, now))
        .filter((end) => end !== undefined)
      return days.length === 0 ? undefined : Math.min(...days)
    },
  },
  /** Days until the certificate ends. */
  certificate: {
    unit: 'd',
    per: 1,
    example: '30d',
    read: ({ facts, server }, now) => daysUntil(certificateEnd(facts, server), now),
  },
  users: { unit: '%', per: 100, example: '90%', read: ({ facts }) => shareOf(facts?.limits?.users ?? {}) },
  calls: { unit: '%', per: 100, example: '90%', read: ({ facts }) => shareOf(facts?.limits?.calls ?? {}) },
}

/** A value by its own key only: `constructor` is not a filter. */
const ownValue = <T>(filters: { readonly [key: string]: T }, key: string): T | undefined =>
  Object.hasOwn(filters, key) ? filters[key] : undefined

const filterKeys = [
  ...Object.keys(texts).map((key) => `${key}:`),
  'expires<30d',
  'certificate<30d',
  'users>90%',
  'calls>90%',
].join(' ')

/** Whether a filter compares when certificates end. */
export const isAboutCertificates = (text: string): boolean =>
  filterParts(text).some((part) => /^(certificate|expires)[<>]/iu.test(part))

/** Words and `key:value` parts; quotes keep blanks together, and `expires < 30d` is `expires<30d`. */
export const filterParts = (text: string): readonly string[] =>
  text.replace(/\b(expires|certificate|users|calls)\s*([<>])\s*/giu, '$1$2').match(/(?:[^\s"]+|"[^"]*"?)+/gu) ?? []

export const unquoted = (text: string): string => text.replaceAll('"', '')

/** The values between commas, except for commas in quotes. */
const valuesOf = (text: string): readonly string[] =>
  (text.match(/(?:[^,"]|"[^"]*"?)+/gu) ?? []).map((value) => unquoted(value).trim()).filter((value) => value !== '')

function textTerm(key: string, value: string): RowTest | string {
  const test = ownValue(texts, key)
  if (test === undefined) return `There is no filter “${key}:”. Filters: ${filterKeys}`
  const values = valuesOf(value)
  if (values.length === 0) return `Enter a value after “${key}:”`
  const unknown = key === 'state' ? values.find((part) => !stateNames.includes(part)) : undefined
  if (unknown !== undefined) return `There is no state “${unknown}”. States: ${stateNames.join(', ')}`
  return (row) => values.some((part) => test(row, part))
}

function numberTerm(key: string, operator: string, value: string): RowTest | string {
  const filter = ownValue(numbers, key)
  if (filter === undefined) return `There is no filter “${key}${operator}”. Filters: ${filterKeys}`
  const { unit, per, example, read } = filter
  const digits = value.endsWith(unit) ? value.slice(0, -1) : value
  if (!/^\d{1,6}$/.test(digits)) return `Enter a whole number after “${key}${operator}”, for example ${example}`
  const amount = Number(digits) / per
  const test = (row: BoardRow, now: number): boolean => {
    const number = read(row, now)
    if (number === undefined) return false
    return operator === '<' ? number < amount : number > amount
  }
  return Object.assign(test, { isUnread: (row: BoardRow, now: number) => read(row, now) === undefined })
}

/** `localhost:8887` is an address, unlike `users:5`, which is a mistake. */
const isHost = (key: string, value: string): boolean =>
  /^\d+$/.test(value) && !Object.hasOwn(texts, key.toLowerCase()) && !Object.hasOwn(numbers, key.toLowerCase())

/** The test of a part with a key, which is about servers; a message if it cannot be read; undefined for a word. */
export function serverTerm(part: string): RowTest | string | undefined {
  const compared = /^([a-z]+)([<>])(.*)$/iu.exec(part)
  if (compared)
    return numberTerm((compared[1] ?? '').toLowerCase(), compared[2] ?? '', unquoted(compared[3] ?? '').toLowerCase())
  const unsupported = /^(?:(-[a-z]+):|(expires|certificate|users|calls)(?:=|:))/iu.exec(part)
  if (unsupported) return `“${part}” is not supported. Filters: ${filterKeys}`
  const keyed = /^([a-z]+):(?!\/\/)(.*)$/iu.exec(part)
  if (keyed && !isHost(keyed[1] ?? '', keyed[2] ?? ''))
    return textTerm((keyed[1] ?? '').toLowerCase(), (keyed[2] ?? '').toLowerCase())
  return undefined
}

function termOf(part: string): RowTest | string {
  const term = serverTerm(part)
  if (term !== undefined) return term
  const word = unquoted(part)
  return ({ server, health }) => {
    const { name, address, secondAddress, folder, tags, notes } = server
    return contains([name, address, secondAddress, folder, ...tags, notes, health.label].join('\u0000'), word)
  }
}

/** The filter for a folder; empty for servers without one. */
export function folderTerm(folder: string): string {
  if (folder === '') return 'folder:none'
  return /[\s,"]/.test(folder) ? `folder:"${folder.replaceAll('"', '')}"` : `folder:${folder}`
}

/**
 * Reads a filter such as `tag:gold state:unreachable expires<30d berlin`. All parts have to match; parts that cannot be
 * read are in `problems` and do not filter.
 */
export function boardFilter(text: string): BoardFilter {
  const terms = filterParts(text).map((part) => ({ part, term: termOf(part) }))
  const tests = terms.map(({ term }) => term).filter((term) => typeof term !== 'string')
  return {
    test: (row, now) => tests.every((test) => test(row, now)),
    isUnread: (row, now) =>
      tests.some(({ isUnread }) => isUnread?.(row, now) === true) &&
      tests.every((test) => test.isUnread?.(row, now) === true || test(row, now)),
    problems: terms.flatMap(({ part, term }) => (typeof term === 'string' ? [{ term: part, message: term }] : [])),
  }
}
