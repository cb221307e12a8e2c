import { isStrictIpv4 } from './cidr'

export const dash = '[-\u2010-\u2015\u2212\uff0d]'
export const rangeWord =
  /\s*(?:\.{2,3}|…|(?<=[\s\d)])(?:to|bis|through|until|till|a)(?=[\s\d(+\u2010-\u2015\u2212\uff0d-])|~|→|->)\s*/i
export const spacedDash = new RegExp(`\\s+${dash}\\s+`)
export const anyDash = new RegExp(dash)
export const prefix = /^(?:\+|0+)/

/** A word in front of a number, such as Bob or Tel.: it has no digits. */
export const label = /^\s*\p{L}[^\d+(]*/u

/** Without a digit, of any script, it is no number and no part of one. */
export const hasDigit = (text: string): boolean => /\p{N}/u.test(text)

/** The digits of one number, with its + if it has one. A zero in brackets after the country code is not dialed. */
export const digitsOf = (text: string): string =>
  (text.replace(label, '').trim().startsWith('+') ? '+' : '') + text.replace(/\(0\)/g, '').replace(/\D/g, '')

export const withoutPrefix = (number: string): string => number.replace(prefix, '')

/**
 * A number with an extension behind it, one that a spreadsheet shortened, and those with decimals or thousands such as
 * 3,5 and 12,500: their separators are no ends of entries.
 */
export const inOnePiece =
  /((?:tel:)?\+?\d[\d(). -]{0,40}(?:;[a-z][a-z-]{0,30}=[^\s;,|]{0,200})+|(?<!\d)\d+(?:[.,]\d+)?E[+-]?\d+|(?<![\d.,+-])(?:\d+,\d{1,2}|\d{1,2}(?:,\d{3})+)(?![\d,]))/i
export const isInOnePiece = (text: string): boolean => inOnePiece.test(text)

/** The digits of “(Desk 2)” are none of the number. */
const labelWithDigits = /\((?=[^()]*\p{L})[^()]*\d[^()]*\)/u

/** Letters that follow a digit or a dash may be a part of the number, as in 0800-FLOWERS. */
export const hasLetters = (end: string): boolean =>
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
export const isSomethingElse = (text: string): boolean => listed.test(text) || decimal.test(text) || isDate(text)

/** Brackets without digits explain a number. */
export const isNumber = (end: string): boolean => {
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
export const longest = 15

/** The groups of digits of one number. */
export const groupsOf = (text: string): readonly string[] => text.replace(label, '').match(/\d+/g) ?? []

/** Of North America, as in 212 555 1234. */
const northAmerican = /^[2-9]\d{2} [2-9]\d{2} \d{4}$/

/**
 * Whether a number with separators may be several: what is behind the slash of 3000/3010, groups of one length such as
 * 100 200 300, groups with blanks that are each long enough for a number such as 3000 30010, and more digits than a
 * number has. A + or 0 in front of the first group is of a number that goes on.
 */
export function mayBeSeveral(text: string): boolean {
  const bare = text.replace(label, '').trim()
  const [first = '', ...more] = groupsOf(bare)
  if (more.length === 0) return false
  if (first.length + more.join('').length > longest) return true
  if (/^\(?(?:\+|0)/.test(bare)) return false
  if (bare.includes('/') || (first.length > 1 && more.every(({ length }) => length === first.length))) return true
  return /^\d{3,}(?: +\d{3,})+$/.test(bare) && !northAmerican.test(bare)
}
