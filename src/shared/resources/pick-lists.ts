import { countries } from 'countries-list'
import { personLocale } from '../format/locale'
import { compareNames } from '../rows/order'
import toAlpha3 from 'countries-list/minimal/countries.2to3.min.json'

/** A type, not an interface: the select also accepts objects with more keys. */
export type PickItem = { readonly value: string; readonly label: string }

const byLabel = (a: PickItem, b: PickItem): number => compareNames(a.label, b.label)

/** Current names of zones that Chromium lists by an older one only. A PBX may know either. */
const renamedZones = [
  'Africa/Asmara',
  'America/Argentina/Buenos_Aires',
  'America/Argentina/Catamarca',
  'America/Argentina/Cordoba',
  'America/Argentina/Jujuy',
  'America/Argentina/Mendoza',
  'America/Atikokan',
  'America/Indiana/Indianapolis',
  'America/Kentucky/Louisville',
  'America/Nuuk',
  'Asia/Ho_Chi_Minh',
  'Asia/Kathmandu',
  'Asia/Kolkata',
  'Asia/Yangon',
  'Atlantic/Faroe',
  'Europe/Kyiv',
  'Pacific/Chuuk',
  'Pacific/Kanton',
  'Pacific/Pohnpei',
] as const

const zones = (): readonly PickItem[] =>
  [...new Set(['UTC', ...[...Intl.supportedValuesOf('timeZone'), ...renamedZones].toSorted(compareNames)])].map(
    (value) => ({ value, label: value.replaceAll('_', ' ') }),
  )

/** Currencies that are younger than the data of older runtimes. */
const newCurrencies = new Map([['XCG', 'Caribbean guilder']])

function currencies(): readonly PickItem[] {
  const names = new Intl.DisplayNames('en', { type: 'currency', fallback: 'none' })
  return [...new Set([...Intl.supportedValuesOf('currency'), ...newCurrencies.keys()])].toSorted().map((value) => ({
    value,
    label: `${value}, ${names.of(value) ?? newCurrencies.get(value) ?? value}`,
  }))
}

const alpha3: Readonly<Record<string, string>> = toAlpha3

const regions = (): readonly PickItem[] =>
  Object.entries(countries)
    .flatMap(([two, { name }]) => {
      const value = alpha3[two]
      return value === undefined ? [] : [{ value, label: `${name} (${value})` }]
    })
    .toSorted(byLabel)

type Named = readonly (readonly [name: string, value: string])[]

/** In English and in the person's language, as spreadsheets contain them. */
const languages = (): readonly string[] => ['en', personLocale()]

/** The names of currencies, and the one symbol that no other currency has. */
export const currencyNames = (): Named => [
  ['€', 'EUR'],
  ...languages().flatMap((language) => {
    const names = new Intl.DisplayNames(language, { type: 'currency', fallback: 'none' })
    return pickItems('currencies').map(({ value }) => [names.of(value) ?? value, value] as const)
  }),
]

/** The names of countries, also in their own languages, older ones, and the codes of two letters. */
export function countryNames(): Named {
  const translated = languages().map((language) => new Intl.DisplayNames(language, { type: 'region' }))
  return Object.entries(countries).flatMap(([two, { name, native, ...country }]) => {
    const value = alpha3[two]
    const alias = 'alias' in country ? country.alias : []
    const names = [two, name, native, ...alias, ...translated.map((each) => each.of(two) ?? two)]
    return value === undefined ? [] : names.map((each) => [each, value] as const)
  })
}

/** As the API writes the country of E.164 numbers: `Angola(244)`. */
const callingCodes = (): readonly PickItem[] =>
  Object.values(countries)
    .flatMap(({ name, phone }) => phone.map((code) => ({ value: `${name}(${code})`, label: `${name} (+${code})` })))
    .toSorted(byLabel)

const makers = { 'time-zones': zones, currencies, countries: regions, 'calling-codes': callingCodes } as const
const cache = new Map<string, readonly PickItem[]>()

/** IANA time zones, ISO 4217 currencies, ISO 3166 alpha-3 countries, or countries with their calling codes. */
export function pickItems(from: keyof typeof makers): readonly PickItem[] {
  const items = cache.get(from) ?? makers[from]()
  cache.set(from, items)
  return items
}
