import { isTimeZone } from '../format/time'
import { editDistance } from '../rows/edit-distance'
import { fold } from '../text/fold'
import type { FieldSpec } from './field'
import { countryNames, currencyNames, pickItems, type PickItem } from './pick-lists'
import { windowsZones } from './windows-zones'

type PickField = Extract<FieldSpec, { kind: 'pick' }>

const expected: Readonly<Record<PickField['from'], string>> = {
  'time-zones': 'an IANA time zone such as Europe/Berlin',
  currencies: 'an ISO 4217 currency code such as EUR',
  countries: 'an ISO 3166-1 alpha-3 country code such as DEU',
  'calling-codes': 'a country with its calling code such as Germany(49)',
}

const suggestionsMax = 3
const typosMax = 2

/** The texts by which a value is known: itself, its label, and the parts of both. */
const namesOf = ({ value, label }: PickItem): readonly string[] =>
  [value, label, ...value.split('/'), ...label.split(/[,()/]/)]
    .map((name) => fold(name).trim())
    .filter((name) => name !== '')

/** How far a value is from the text; undefined if it is another one. */
function distanceTo(text: string, item: PickItem): number | undefined {
  const names = namesOf(item)
  if (names.includes(text)) return 0
  if (text.length >= 3 && names.some((name) => name.startsWith(text))) return 1
  const typos = Math.min(...names.map((name) => editDistance(text, name)))
  return typos <= Math.min(typosMax, Math.floor(text.length / 3)) ? 1 + typos : undefined
}

/** The valid values that the text may mean, the likeliest first. */
function nearest(from: PickField['from'], text: string): readonly string[] {
  const found = pickItems(from).flatMap((item) => {
    const distance = distanceTo(fold(text), item)
    return distance === undefined ? [] : [{ value: item.value, distance }]
  })
  const best = Math.min(...found.map(({ distance }) => distance))
  return found.flatMap(({ value, distance }) => (distance === best ? [value] : [])).slice(0, suggestionsMax)
}

/** The values of a list by their folded names, and the problems of texts found so far: a file repeats both in many rows. */
const values = new Map<PickField['from'], ReadonlyMap<string, string>>()
const problems = new Map<string, string>()
const problemsMax = 1000

/** The names by which people and other programs know a value, apart from itself and its label. */
function synonymsOf(from: PickField['from']): readonly (readonly [name: string, value: string])[] {
  switch (from) {
    case 'time-zones':
      return windowsZones
    case 'currencies':
      return currencyNames()
    case 'countries':
      return countryNames()
    case 'calling-codes':
      return []
  }
}

/** Values and labels, then the synonyms that only one value has: with two, the person decides. */
function valuesOf(from: PickField['from']): ReadonlyMap<string, string> {
  const known = values.get(from)
  if (known !== undefined) return known
  const found = new Map(
    pickItems(from).flatMap(({ value, label }) => [[fold(label), value] as const, [fold(value), value] as const]),
  )
  const synonyms = new Map<string, Set<string>>()
  for (const [name, value] of synonymsOf(from))
    synonyms.set(fold(name), (synonyms.get(fold(name)) ?? new Set()).add(value))
  for (const [name, [value = '', ...others]] of synonyms)
    if (others.length === 0 && !found.has(name)) found.set(name, value)
  values.set(from, found)
  return found
}

function problemOf(from: PickField['from'], text: string): string {
  const key = `${from} ${text}`
  const similar = problems.has(key) ? [] : nearest(from, text)
  const hint = similar.length === 0 ? '' : `. Similar: ${similar.join(', ')}`
  const problem = problems.get(key) ?? `Expected ${expected[from]}${hint}`
  if (problems.size >= problemsMax) problems.clear()
  problems.set(key, problem)
  return problem
}

/** The API's value for a text of a file: a value, label or other name in the list, in any letter case; or what was expected. */
export function pickValue(
  { from }: PickField,
  text: string,
): { readonly value: string } | { readonly problem: string } {
  const value = valuesOf(from).get(fold(text.replace(/\s+/gu, ' ').trim()))
  if (value !== undefined) return { value }
  // The names of countries are those of the PBX, which has others.
  if (from === 'calling-codes' || (from === 'time-zones' && isTimeZone(text))) return { value: text }
  return { problem: problemOf(from, text) }
}
