import { withoutInvisible } from '../text/invisible'

/** Digits with up to one blank, dash or other sign between two of them; no letters or other digits stand beside them. */
const run = /(?<![\p{L}\d][-–—]?)\d(?:[\s\p{P}]?\d)*(?![-–—]?[\p{L}\d])/gu
/** Fewer digits are a time or a number in the text around it. */
const digitsMin = 4
/** A longer code is not sent in groups. */
const groupedDigits = 8

/** A time, a date or a year of the email around the code. */
const timeOrDate =
  /^(?:\d{1,2}:\d{2}(?::\d{2})?|\d{1,2}([./])\d{1,2}\1(?:\d{2}){1,2}|\d{4}-\d{2}-\d{2}|(?:19|20)\d{2})$/

/** Digits of any script stand in tens from zero on. */
function plainDigit(digit: string): string {
  const at = digit.codePointAt(0) ?? 0
  let value = 0
  while (value < 9 && /^\p{Nd}$/u.test(String.fromCodePoint(at - value - 1))) value += 1
  return String(value)
}

const tidied = (typed: string): string =>
  withoutInvisible(typed.normalize('NFKC'))
    .replaceAll(/(?!\d)\p{Nd}/gu, plainDigit)
    .trim()

/** The digits of a run: one group, or several of the same length; undefined if they may be several numbers. */
function codeOf(digits: string): string | undefined {
  const groups = digits.split(/\D/)
  const code = groups.join('')
  const isOne =
    groups.length === 1 || (groups.every(({ length }) => length === groups[0]?.length) && code.length <= groupedDigits)
  return isOne ? code : undefined
}

/**
 * The verification code in what was typed or pasted, such as `Code: 123 456` or a line of the email. Text without a code
 * of four digits or more, or with more than one, stays as it is.
 */
export function otpCode(typed: string): string {
  const text = tidied(typed)
  if (/^\d+$/.test(text)) return text
  const runs = (text.match(run) ?? []).filter(
    (digits) => digits.replaceAll(/\D/g, '').length >= digitsMin && !timeOrDate.test(digits),
  )
  return (runs.length === 1 && codeOf(runs[0] ?? '')) || text
}

/** Why this is not sent: the PBX counts a wrong code as a failed sign-in. Empty for one code. */
export function otpProblem(typed: string): string {
  const code = otpCode(typed)
  if (code === '') return 'Enter the code'
  return /[^\p{L}\p{N}]/u.test(code)
    ? 'This is not clearly one code. Enter only the code from the email, such as 123456'
    : ''
}
