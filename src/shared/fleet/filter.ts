import { daysUntil } from '../format/age'
import { searchOf, searchTest, searchText } from '../rows/search'
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
  readonly problems: readonly FilterProblem[]
}

type RowTest = (row: BoardRow, now: number) => boolean

const contains = (text: string, part: string): boolean => searchTest(searchOf(part, 'all'))(searchText([text]))

/** `key:value`; several values separated by commas are alternatives. */
const texts: { readonly [key: string]: (row: BoardRow, part: string) => boolean } = {
  server: ({ server }, part) => contains(server.name, part),
  folder: ({ server }, part) => (part === 'none' ? server.folder === '' : contains(server.folder, part)),
  tag: ({ server }, part) => server.tags.some((tag) => contains(tag, part)),
  address: ({ server }, part) => contains(`${server.address} ${server.secondAddress}`, part),
  version: ({ session, facts }, part) => (session.version ?? facts?.version ?? '').startsWith(part),
  state: ({ health, verdict }, part) => health.state === part || verdict === part,
}

export const stateNames: readonly string[] = [...new Set([...Object.keys(fleetStates), ...Object.keys(verdicts)])]

const ends = ({ facts, server }: BoardRow): readonly (string | undefined)[] => [
  facts?.limits?.maintenanceExpiresAt,
  certificateEnd(facts, server),
  facts?.expiringRules?.soonest[0]?.expiresAt,
]

/** Numbers of a row for comparisons; a row without the number does not match. */
const numbers: { readonly [key: string]: (row: BoardRow, now: number) => number | undefined } = {
  /** Days until the first end of maintenance, certificate or an allow rule. */
  expires: (row, now) => {
    const days = ends(row)
      .map((end) => daysUntil(end, now))
      .filter((end) => end !== undefined)
    return days.length === 0 ? undefined : Math.min(...days)
  },
  users: ({ facts }) => percent(shareOf(facts?.limits?.users ?? {})),
  calls: ({ facts }) => percent(shareOf(facts?.limits?.calls ?? {})),
}

const percent = (share: number | undefined): number | undefined => (share === undefined ? undefined : share * 100)

const filterKeys = [...Object.keys(texts).map((key) => `${key}:`), 'expires<30d', 'users>90%', 'calls>90%'].join(' ')

/** Words and `key:value` parts; quotes keep blanks together. */
const parts = (text: string): readonly string[] => text.match(/(?:[^\s"]+|"[^"]*"?)+/gu) ?? []

const unquoted = (text: string): string => text.replaceAll('"', '')

function textTerm(key: string, value: string): RowTest | string {
  const test = texts[key]
  if (test === undefined) return `There is no filter “${key}:”. Filters: ${filterKeys}`
  const values = value.split(',').filter((part) => part !== '')
  if (values.length === 0) return `Enter a value after “${key}:”`
  const unknown = key === 'state' ? values.find((part) => !stateNames.includes(part)) : undefined
  if (unknown !== undefined) return `There is no state “${unknown}”. States: ${stateNames.join(', ')}`
  return (row) => values.some((part) => test(row, part))
}

function numberTerm(key: string, operator: string, value: string): RowTest | string {
  const read = numbers[key]
  const amount = /^(\d{1,6})(?:d|%)?$/.exec(value)?.[1]
  if (read === undefined) return `There is no filter “${key}${operator}”. Filters: ${filterKeys}`
  if (amount === undefined)
    return `Enter a whole number after “${key}${operator}”, for example ${key === 'expires' ? '30d' : '90%'}`
  return (row, now) => {
    const number = read(row, now)
    if (number === undefined) return false
    return operator === '<' ? number < Number(amount) : number > Number(amount)
  }
}

function termOf(part: string): RowTest | string {
  const compared = /^([a-z]+)([<>])(.*)$/iu.exec(part)
  if (compared) return numberTerm((compared[1] ?? '').toLowerCase(), compared[2] ?? '', unquoted(compared[3] ?? ''))
  const keyed = /^([a-z]+):(?!\/\/)(.*)$/iu.exec(part)
  if (keyed) return textTerm((keyed[1] ?? '').toLowerCase(), unquoted(keyed[2] ?? '').toLowerCase())
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
  const terms = parts(text).map((part) => ({ part, term: termOf(part) }))
  const tests = terms.map(({ term }) => term).filter((term) => typeof term !== 'string')
  return {
    test: (row, now) => tests.every((test) => test(row, now)),
    problems: terms.flatMap(({ part, term }) => (typeof term === 'string' ? [{ term: part, message: term }] : [])),
  }
}
