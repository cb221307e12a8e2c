import { parseDid } from './did'
import { cellsWithPair, rowExtensions } from './did-cells'
import { completed, endsOf, extensionsOf, longestExtension } from './did-ends'
import {
  anyDash,
  digitsOf,
  groupsOf,
  hasDigit,
  hasLetters,
  isNumber,
  isSomethingElse,
  label,
  mayBeSeveral,
  rangeWord,
  spacedDash,
  withoutPrefix,
} from './did-number'
import {
  type DidOffer,
  type Extensions,
  joinedOffer,
  offer,
  offersFor,
  offersForCells,
  offersForExtensions,
  offersForRange,
  offersForSeveral,
} from './did-offers'
import { pieces } from './did-split'

/** One entry of pasted text: `text` is `source` without formatting. */
export interface PastedDid {
  readonly source: string
  readonly text: string
  /** Possible readings if the API would not accept the entry, the most likely first. */
  readonly offers: readonly DidOffer[]
  /** Why the entry is not read without a question, as a sentence, if more is known than `didProblem` finds. */
  readonly doubt?: string
}

/** A change made while reading, as a sentence, and the text of the entry that it is about. */
export interface DidChange {
  readonly entry: string
  readonly text: string
}

export interface PastedDids {
  readonly entries: readonly PastedDid[]
  readonly changes: readonly DidChange[]
}

/** An entry stays in one piece in a pool, whose separator it must not have. */
const withoutSeparator = (source: string): string => source.replaceAll(';', ' ')

/** Two ends that begin with the same group are those of one range. */
const isDoubtful = (from: string, to: string | undefined): boolean =>
  to === undefined
    ? mayBeSeveral(from)
    : [from, to].some(mayBeSeveral) && (groupsOf(from)[0] !== groupsOf(to)[0] || groupsOf(from).length === 1)

function extensionDoubt(text: string, { first, last }: Extensions): string {
  if (first.length === last.length) return `${text} may be a range or one number`
  return `The extensions ${first} and ${last} in ${text} have ${first.length} and ${last.length} digits`
}

/** “Acme 2” is a name. */
const shortestAfterWord = 4

function read(source: string): PastedDid {
  const row = cellsWithPair(source)
  if (row !== undefined) {
    const { text, numbers, pair } = row
    const extensions = rowExtensions(pair)
    if (extensions === undefined)
      return {
        source,
        text,
        offers: offersForCells(numbers, pair),
        doubt: `${text} may be a range or separate numbers`,
      }
    return { source, text, offers: offersForExtensions(extensions), doubt: extensionDoubt(text, extensions) }
  }
  const ends = endsOf(source)
  const { from, to, sure } = ends
  const first = digitsOf(from)
  if (
    isSomethingElse(source) ||
    [from, to ?? from].some((end) => !/\d/.test(digitsOf(end)) || hasLetters(end) || !isNumber(end))
  )
    return { source, text: withoutSeparator(source), offers: [] }
  const extensions = extensionsOf(ends)
  if (extensions !== undefined) {
    const number = sure ? [] : joinedOffer('number', 'One number', withoutPrefix(digitsOf(source)))
    return {
      ...{ source, text: source, doubt: extensionDoubt(source, extensions) },
      offers: [...offersForExtensions(extensions), ...number],
    }
  }
  if (sure && isDoubtful(from, to))
    return { source, text: source, offers: to === undefined ? offersForSeveral(source) : offersForRange(from, to) }
  if (to === undefined) {
    const bare = withoutPrefix(first)
    if (label.test(source) && bare.length < shortestAfterWord)
      return { source, text: source, offers: joinedOffer('number', 'Number', bare) }
    return { source, text: first, offers: bare === first ? [] : offer('prefix', 'Remove prefix', bare) }
  }
  const [plainTo, whole] = [digitsOf(to), completed(from, to)]
  if (!sure && plainTo.length !== first.length) {
    const [bare, end] = [withoutPrefix(first), withoutPrefix(whole)]
    return {
      source,
      text: `${first}-${plainTo}`,
      offers: [
        ...joinedOffer('range', `Range up to ${whole}`, `${bare}-${end}`),
        ...offersFor(bare, end).filter(({ kind }) => kind === 'pad'),
        ...joinedOffer('number', 'One number', bare + plainTo),
      ],
    }
  }
  // An end with that many digits is a number, not the last digits of one.
  if (plainTo.length > longestExtension && plainTo.length < first.length && whole < first)
    return { source, text: source, offers: [] }
  const text = first === whole ? first : `${first}-${whole}`
  return { source, text, offers: parseDid(text) === undefined ? offersFor(first, whole) : [] }
}

/**
 * Reads numbers and ranges in text from an email, a table or a contract: entries separated by line breaks, commas,
 * semicolons, tabs or spaces, with formatting. Prefixes remain; removing them is offered to the user.
 */
export function readPastedDids(text: string): PastedDids {
  const entries: PastedDid[] = []
  const changes: DidChange[] = []
  const times = new Map<string, number>()
  for (const entry of pieces(text).map(read)) {
    const before = times.get(entry.text) ?? 0
    times.set(entry.text, before + 1)
    if (before > 0) continue
    entries.push(entry)
    if (entry.text !== entry.source && entry.text !== entry.source.replace(/\s*-\s*/, '-'))
      changes.push({ entry: entry.text, text: `“${entry.source}” was read as ${entry.text}` })
  }
  for (const [entry, count] of times)
    if (count > 1) changes.push({ entry, text: `${entry} was listed ${count === 2 ? 'twice' : `${count} times`}` })
  return { entries, changes }
}

/** A prefix behind a word and brackets. */
const prefixInText = /^((?:\s*\p{L}[^\d+(]*)?[\s(]*)(?:\+|0+)(?=[\d\s(])/u

const bareText = (text: string): string => text.replace(prefixInText, '$1')

const plainRange = /^\+?\d+-\+?\d+$/

/** Both ends of a range; a second end with only its last digits has no prefix. */
function bareEnds(text: string): string {
  const between = rangeWord.exec(text) ?? spacedDash.exec(text) ?? (plainRange.test(text) ? anyDash.exec(text) : null)
  if (between === null) return bareText(text)
  const [from, to] = [text.slice(0, between.index), text.slice(between.index + between[0].length)]
  const isWhole = /^\s*\+/.test(to) || digitsOf(to).length >= digitsOf(from).length
  return `${bareText(from)}${between[0]}${isWhole ? bareText(to) : to}`
}

/**
 * The text of an entry without the prefixes +, 0 and 00, which are not allowed in a pool; undefined if it has none, or
 * if it is no number without them.
 */
export function withoutPrefixes({ text, offers }: PastedDid): string | undefined {
  if (offers.length === 0 && !/^\+?\d+(?:-\+?\d+)?$/.test(text)) return undefined
  const row = cellsWithPair(text)
  const bare = row === undefined ? bareEnds(text) : row.numbers.map(bareText).join(' | ')
  return bare === text || !/[1-9]/.test(bare) ? undefined : bare
}

/** The entries that have no digit, such as the names and titles of a table. */
export const withoutDigits = (entries: readonly PastedDid[]): readonly PastedDid[] =>
  entries.filter(({ text }) => !hasDigit(text))
