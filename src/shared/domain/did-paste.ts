import { isStrictIpv4 } from './cidr'
import { parseDid } from './did'

/** Another reading of an entry, offered to the user. */
export interface DidOffer {
  readonly label: string
  readonly text: string
}

/** One entry of pasted text: `text` is `source` without formatting. */
export interface PastedDid {
  readonly source: string
  readonly text: string
  /** Possible readings if the API would not accept the entry, the most likely first. */
  readonly offers: readonly DidOffer[]
}

export interface PastedDids {
  readonly entries: readonly PastedDid[]
  /** Changes made while reading, as sentences. */
  readonly changes: readonly string[]
}

const dash = '[-\u2010-\u2015\u2212\uff0d]'
const rangeWord = /\s*(?:\.{2,3}|…|(?<=[\s\d)])(?:to|bis|through|until|till|a)(?=[\s\d(+])|~|→|->)\s*/i
const spacedDash = new RegExp(`\\s+${dash}\\s+`)
const anyDash = new RegExp(dash)
const prefix = /^(?:\+|0+)/

/** A word in front of a number, such as Bob or Tel.: it has no digits. */
const label = /^\s*\p{L}[^\d+(]*/u

/** The digits of one number, with its + if it has one. A zero in brackets after the country code is not dialed. */
const digitsOf = (text: string): string =>
  (text.replace(label, '').trim().startsWith('+') ? '+' : '') + text.replace(/\(0\)/g, '').replace(/\D/g, '')

const withoutPrefix = (number: string): string => number.replace(prefix, '')

/** The words of a line that are surely several numbers, or the line in one piece. */
function splitAtBlanks(line: string): readonly string[] {
  const joined = line.replace(new RegExp(`\\s*(${dash})\\s*`, 'g'), (separator, sign: string) =>
    /\s/.test(separator) ? `\u0000${sign}\u0000` : sign,
  )
  const restore = (text: string): string => text.replaceAll('\u0000', ' ')
  const words = joined.split(/\s+(?=\+)|\s+/)
  const plain = (word: string): boolean => /^\+?\d{4,}(?:\0?[-\u2010-\u2015\u2212\uff0d]\0?\+?\d{4,})?$/.test(word)
  // Beside other words, a dash between blanks may be between numbers that have blanks themselves.
  const areLong = words.every((word) => word.split(anyDash).every((end) => end.replace('\u0000', '').length >= 7))
  const areRanges = words.some((word) => anyDash.test(word)) && !line.includes('+') && !joined.includes('\u0000')
  if (words.length > 1 && (areLong || areRanges) && words.every(plain)) return words.map(restore)
  return line.split(/\s+(?=\+)(?<!(?:to|bis|-|–|—|→|\.\.)\s+)/i)
}

/**
 * A number with an extension behind it, one that a spreadsheet shortened, and those with decimals or thousands such as
 * 3,5 and 12,500: their separators are no ends of entries.
 */
const inOnePiece =
  /((?:tel:)?\+?\d[\d(). -]{0,40}(?:;[a-z][a-z-]{0,30}=[^\s;,|]{0,200})+|(?<!\d)\d+(?:[.,]\d+)?E[+-]?\d+|(?<![\d.,+-])(?:\d+,\d{1,2}|\d{1,2}(?:,\d{3})+)(?![\d,]))/i
const isInOnePiece = (text: string): boolean => inOnePiece.test(text)

const pieces = (text: string): readonly string[] =>
  text.split(new RegExp(inOnePiece, 'gi')).flatMap((part) => (isInOnePiece(part) ? [part] : split(part)))

/** Of directions and hyphens, as they are copied with numbers: they are not shown. */
const marks = /[\u00ad\u200c-\u200f\u202a-\u202e\u2066-\u2069]/g

const split = (text: string): readonly string[] =>
  text
    .split(/[\n\r;,\t|]+/)
    .map((line) =>
      line
        .replaceAll(marks, '')
        .replaceAll(/[\u00a0\u2000-\u200b\u202f\u2060\ufeff]/g, ' ')
        // The patterns below need a time that grows with the square of a run of blanks.
        .replaceAll(/ {3,}/g, '  ')
        .trim(),
    )
    .filter((line) => line !== '')
    .flatMap((line) => (rangeWord.test(line) ? [line] : splitAtBlanks(line)))
    .map((piece) => piece.trim().replace(/^["'\u201c\u201d]+|["'\u201c\u201d]+$/g, ''))
    .filter((piece) => piece !== '')

/** The two ends of a range, or one number; `sure` is false if a single dash may mean either. */
function ends(piece: string): { readonly from: string; readonly to?: string; readonly sure: boolean } {
  for (const between of [rangeWord, spacedDash]) {
    const [from = '', to, ...more] = piece.split(between)
    if (to !== undefined && more.length === 0) return { from, to, sure: true }
  }
  const [from = '', to, ...more] = piece.split(anyDash)
  return to === undefined || more.length > 0 || /\D$/.test(from.trim()) || digitsOf(to) === ''
    ? { from: piece, sure: true }
    : { from, to, sure: false }
}

/**
 * The whole number of an end that has only its last digits: 493012300 to 99, or 123-0 to 123-99 with the number before.
 */
function completed(from: string, to: string): string {
  const [base = '', ...inner] = from.split(anyDash)
  const [toBase = '', ...toInner] = to.split(anyDash)
  if (inner.length === 1 && toInner.length === 1 && digitsOf(base).endsWith(digitsOf(toBase)))
    return digitsOf(base) + digitsOf(toInner[0] ?? '')
  const [whole, part] = [digitsOf(from), digitsOf(to)]
  return part.length < whole.length && !part.startsWith('+') ? whole.slice(0, whole.length - part.length) + part : part
}

const offer = (label: string, text: string): readonly DidOffer[] =>
  parseDid(text) === undefined ? [] : [{ label, text }]

function offersFor(from: string, to: string): readonly DidOffer[] {
  const [a, b] = [withoutPrefix(from), withoutPrefix(to)]
  if (a !== from || b !== to) return offer('Remove prefix', a === b ? a : `${a}-${b}`)
  if (a.length === b.length) return offer('Swap', `${b}-${a}`)
  const [short, long] = a.length < b.length ? [a, b] : [b, a]
  return a.length < b.length ? offer('Pad with zeros', `${short.padEnd(long.length, '0')}-${long}`) : []
}

/** The digits of “(Desk 2)” are none of the number. */
const labelWithDigits = /\((?=[^()]*\p{L})[^()]*\d[^()]*\)/u

/** Letters that follow a digit or a dash may be a part of the number, as in 0800-FLOWERS. */
const hasLetters = (end: string): boolean =>
  isInOnePiece(end) || labelWithDigits.test(end) || /[\d-]\s*\p{L}/u.test(end.replaceAll(/\([^()]*\)/g, ''))

/** What a number is written with. Digits of other scripts, marks and a second + are none of it. */
const onlyNumber = new RegExp(String.raw`^\s*\+?(?:[\d\s().]|${dash})*(?:/\s*\d(?:[\d\s().]|${dash})*)?$`, 'u')
/** What is behind the slash of a whole number may be another one. */
const afterWhole = /(?:\d\D{0,3}){9}\//
/** An entry of a list: (2) in front of a number, or behind it. */
const countedBracket = /^\s*\((?!0\))\d\)|\((?!0\))\d+\)\s*$/

/** The place of a number in a list: 1. or 2) in front of it, or without it. */
const listed = /^\s*\d{1,3}[.)](?:\s|$)/
/** With decimals or thousands, such as 3.5 or 1.000; an area code begins with 0 or is longer. */
const decimal = /^\s*(?:\d{1,2}|[1-9]\d*(?=\.\d{1,2}\s*$))\.\d+\s*$/
const date = /^\s*(?:(\d{4})([-/.])(\d{1,2})\2(\d{1,2})|(\d{1,2})([-/.])(\d{1,2})\6(?:\d{4}|\d{2}))\.?\s*$/

function isDate(text: string): boolean {
  const [, year, , month, day, first, , second] = date.exec(text) ?? []
  const [a, b] = year === undefined ? [Number(first), Number(second)] : [Number(month), Number(day)]
  return Math.min(a, b) >= 1 && Math.min(a, b) <= 12 && Math.max(a, b) <= 31
}

/** Text with digits that is written like something else than a number of a phone. */
const isSomethingElse = (text: string): boolean => listed.test(text) || decimal.test(text) || isDate(text)

/** Brackets without digits explain a number. */
const isNumber = (end: string): boolean => {
  const bare = end.replace(label, '').replaceAll(/\([^\d()]*\)/g, '')
  return (
    onlyNumber.test(bare) &&
    !isSomethingElse(bare) &&
    !countedBracket.test(bare) &&
    !afterWhole.test(bare) &&
    !isStrictIpv4(bare.trim())
  )
}

/** The longest number of E.164. */
const longest = 15

/** The groups of digits of one number. */
const groupsOf = (text: string): readonly string[] => text.replace(label, '').match(/\d+/g) ?? []

/** Of North America, as in 212 555 1234. */
const northAmerican = /^[2-9]\d{2} [2-9]\d{2} \d{4}$/

/**
 * Whether a number with separators may be several: what is behind the slash of 3000/3010, groups of one length such as
 * 100 200 300, groups with blanks that are each long enough for a number such as 3000 30010, and more digits than a
 * number has. A + or 0 in front of the first group is of a number that goes on.
 */
function mayBeSeveral(text: string): boolean {
  const bare = text.replace(label, '').trim()
  const [first = '', ...more] = groupsOf(bare)
  if (more.length === 0) return false
  if (first.length + more.join('').length > longest) return true
  if (/^\(?(?:\+|0)/.test(bare)) return false
  if (bare.includes('/') || (first.length > 1 && more.every(({ length }) => length === first.length))) return true
  return /^\d{3,}(?: +\d{3,})+$/.test(bare) && !northAmerican.test(bare)
}

/** The groups of several numbers that all begin with the same group, as in 49 30 1000 49 30 1001. */
function repeated(groups: readonly string[]): readonly string[] | undefined {
  const size = groups.indexOf(groups[0] ?? '', 1)
  if (size < 2 || groups.length % size !== 0) return undefined
  const numbers = groups.flatMap((_, at) => (at % size === 0 ? [groups.slice(at, at + size)] : []))
  return numbers.every(([start]) => start === groups[0]) ? numbers.map((number) => number.join('')) : undefined
}

const numbersOffer = (numbers: readonly string[]): readonly DidOffer[] =>
  numbers.length > 1 && numbers.every((number) => parseDid(number) !== undefined)
    ? [{ label: `${numbers.length} numbers`, text: numbers.join(';') }]
    : []

/** The readings of a range of which an end may be several numbers, as in 100 - 200 300. */
function offersForRange(from: string, to: string): readonly DidOffer[] {
  const [start, end] = [groupsOf(from), groupsOf(to)]
  const [last = '', ...more] = end
  const withMore = `${start.at(-1) ?? ''}-${last}`
  const whole = [...start.slice(0, -1), withMore, ...more]
  const isSeveral = whole.length > 1 && whole.every((entry) => parseDid(entry) !== undefined)
  return [
    ...offer('One range', `${start.join('')}-${end.join('')}`),
    ...(isSeveral ? [{ label: `${whole.length} entries`, text: whole.join(';') }] : []),
  ]
}

/** Its readings: one number, several, or a range. */
function offersForSeveral(source: string): readonly DidOffer[] {
  const groups = groupsOf(source)
  return [
    ...(source.includes('/') && groups.length === 2 ? offer('Range', groups.join('-')) : []),
    ...(groups.join('').length > longest ? [] : offer('One number', groups.join(''))),
    ...(spacedDash.test(source) ? [] : [...numbersOffer(repeated(groups) ?? []), ...numbersOffer(groups)]),
  ]
}

/** An entry stays in one piece in a pool, whose separator it must not have. */
const withoutSeparator = (source: string): string => source.replaceAll(';', ' ')

/** Two ends that begin with the same group are those of one range. */
const isDoubtful = (from: string, to: string | undefined): boolean =>
  to === undefined
    ? mayBeSeveral(from)
    : [from, to].some(mayBeSeveral) && (groupsOf(from)[0] !== groupsOf(to)[0] || groupsOf(from).length === 1)

function read(source: string): PastedDid {
  const { from, to, sure } = ends(source)
  const first = digitsOf(from)
  if (
    isSomethingElse(source) ||
    first.replace('+', '') === '' ||
    [from, to ?? ''].some((end) => hasLetters(end) || !isNumber(end))
  )
    return { source, text: withoutSeparator(source), offers: [] }
  if (sure && isDoubtful(from, to))
    return { source, text: source, offers: to === undefined ? offersForSeveral(source) : offersForRange(from, to) }
  if (to === undefined) {
    const bare = withoutPrefix(first)
    return { source, text: first, offers: bare === first ? [] : offer('Remove prefix', bare) }
  }
  const [plainTo, whole] = [digitsOf(to), completed(from, to)]
  if (!sure && plainTo.length !== first.length) {
    const range = offer(`Range up to ${whole}`, `${withoutPrefix(first)}-${withoutPrefix(whole)}`)
    return {
      source,
      text: `${first}-${plainTo}`,
      offers: [...range, ...offer('One number', withoutPrefix(first + plainTo))],
    }
  }
  const text = first === whole ? first : `${first}-${whole}`
  return { source, text, offers: parseDid(text) === undefined ? offersFor(first, whole) : [] }
}

/**
 * Reads numbers and ranges in text from an email, a table or a contract: entries separated by line breaks, commas,
 * semicolons, tabs or spaces, with formatting. Prefixes remain; removing them is offered to the user.
 */
export function readPastedDids(text: string): PastedDids {
  const entries: PastedDid[] = []
  const changes: string[] = []
  const seen = new Set<string>()
  for (const entry of pieces(text).map(read)) {
    if (seen.has(entry.text)) {
      changes.push(`${entry.text} was listed twice`)
      continue
    }
    seen.add(entry.text)
    entries.push(entry)
    if (entry.text !== entry.source.replace(/\s*-\s*/, '-')) changes.push(`“${entry.source}” was read as ${entry.text}`)
  }
  return { entries, changes }
}

/** True if an entry has a prefix that is not allowed in a pool. */
export const hasDidPrefix = ({ text }: PastedDid): boolean =>
  /^\+?\d+(?:-\+?\d+)?$/.test(text) && text.split('-').some((end) => prefix.test(end))
