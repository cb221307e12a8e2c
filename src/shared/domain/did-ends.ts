import { anyDash, dash, digitsOf, groupsOf, rangeWord, spacedDash } from './did-number'
import type { Extensions } from './did-offers'

const noDash = dash.replace('[', '[^')
/** As in 4930123-(0-99). */
const bracketed = new RegExp(`^(\\+?\\d[\\d\\s./]*?)\\s*${dash}?\\s*[([](\\d{1,4})${dash}(\\d{1,4})[)\\]]$`)
const twoDashes = new RegExp(`^(${noDash}*${dash}\\s*\\d{1,4})(\\s*)(${dash}\\d{1,4}\\s*)$`)

/** The two ends of a range, or one number; `sure` is false if a dash may mean either. */
export interface DidEnds {
  readonly from: string
  readonly to?: string
  readonly sure: boolean
}

/**
 * Two dashes of which the second one may be that of a range of extensions: 4930123-0-99, 4930123-10 -99,
 * 4930123-10–99 and 4930123-(10-99). The second end keeps its dash.
 */
function dashedExtensions(piece: string): DidEnds | undefined {
  const [, number, start = '', end = ''] = bracketed.exec(piece) ?? []
  if (number !== undefined) return { from: `${number}-${start}`, to: `-${end}`, sure: false }
  const [, from = '', gap = '', to = ''] = twoDashes.exec(piece) ?? []
  const [base = '', first = ''] = from.split(anyDash)
  if (to === '' || digitsOf(base).replace('+', '').length < 5) return undefined
  const differs = anyDash.exec(from)?.[0] !== to[0]
  const isRange = /^0+$/.test(first.trim()) || differs || (gap !== '' && /\d$/.test(base))
  return isRange ? { from, to, sure: false } : undefined
}

/** The two ends of a range, or one number. */
export function endsOf(piece: string): DidEnds {
  for (const between of [rangeWord, spacedDash]) {
    const [from = '', to, ...more] = piece.split(between)
    if (to !== undefined && more.length === 0) return { from, to, sure: true }
  }
  const extensions = dashedExtensions(piece)
  if (extensions !== undefined) return extensions
  const [from = '', to, ...more] = piece.split(anyDash)
  return to === undefined || more.length > 0 || /\D$/.test(from.trim()) || digitsOf(to) === ''
    ? { from: piece, sure: true }
    : { from, to, sure: false }
}

/**
 * The whole number of an end that has only its last digits: 493012300 to 99, or 123-0 to 123-99 with the number before.
 */
export function completed(from: string, to: string): string {
  const [base = '', ...inner] = from.split(anyDash)
  const [toBase = '', ...toInner] = to.split(anyDash)
  if (inner.length === 1 && toInner.length === 1 && digitsOf(base).endsWith(digitsOf(toBase)))
    return digitsOf(base) + digitsOf(toInner[0] ?? '')
  const [whole, part] = [digitsOf(from), digitsOf(to)]
  return part.length < whole.length && !part.startsWith('+') ? whole.slice(0, whole.length - part.length) + part : part
}

/** Longer ones are numbers. */
export const longestExtension = 4

/**
 * The extensions of the ends, such as 0 and 99 of 4930123-0 to -99, if they differ in length or if their dash may be
 * one of a number. Undefined if the ends are no extensions of one number.
 */
export function extensionsOf({ from, to, sure }: DidEnds): Extensions | undefined {
  if (to === undefined) return undefined
  const [start, end] = [groupsOf(from.replace('(0)', '')), groupsOf(to.replace('(0)', ''))]
  const [base, first] = [start.slice(0, -1).join(''), start.at(-1) ?? '']
  const [toBase, last] = [end.slice(0, -1).join(''), end.at(-1) ?? '']
  const hasDash = anyDash.test(from)
  const isDashed = anyDash.test(to)
  if (start.length < 2 || Math.max(first.length, last.length) > longestExtension) return undefined
  if (base.length < (hasDash ? 2 : 5) || !base.endsWith(toBase) || (toBase === '' && to.includes('+'))) return undefined
  if (!sure && !isDashed && !/^0+$/.test(first)) return undefined
  const isShort = last.length < first.length && (isDashed || toBase !== '')
  return last.length > first.length || isShort || !sure ? { base, first, last } : undefined
}
