import { cellsWithPair, inRows, unquoted } from './did-cells'
import { anyDash, dash, inOnePiece, isInOnePiece, rangeWord } from './did-number'

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

/** Of directions and hyphens, as they are copied with numbers: they are not shown. */
const marks = /[\u00ad\u200c-\u200f\u202a-\u202e\u2066-\u2069]/g

const blanks = /[\u00a0\u2000-\u200b\u202f\u2060\ufeff]/g

const split = (text: string): readonly string[] =>
  text
    .split(/[;,\t|]+/)
    .map(unquoted)
    .filter((line) => line !== '')
    .flatMap((line) => (rangeWord.test(line) ? [line] : splitAtBlanks(line)))
    .map(unquoted)
    .filter((piece) => piece !== '')

/** The pieces of a line that is not a line of a table: a number with an extension behind it is one. */
const plainPieces = (line: string): readonly string[] =>
  line.split(new RegExp(inOnePiece, 'gi')).flatMap((part) => (isInOnePiece(part) ? [part] : split(part)))

/** A line of a table with the ends of a range stays in one piece, and its other texts are pieces, too. */
function piecesOf(line: string): readonly string[] {
  const row = cellsWithPair(line)
  return row === undefined ? plainPieces(line) : [row.text, ...row.others.flatMap(plainPieces)]
}

/** The texts that may each be an entry, without invisible characters. */
export const pieces = (text: string): readonly string[] =>
  inRows(
    text.split(/[\n\r]+/).map((line) =>
      line
        .replaceAll(marks, '')
        .replaceAll(blanks, ' ')
        // The patterns need a time that grows with the square of a run of blanks.
        .replaceAll(/ {3,}/g, '  ')
        .trim(),
    ),
  ).flatMap(piecesOf)
