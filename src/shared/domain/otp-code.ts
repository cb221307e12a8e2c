import { withoutInvisible } from '../text/invisible'

/** Digits in one group or in several of the same length, with a label in front: `Code: 123 456`. */
const labeled = /^(?:[\p{L}\s]*[:\s])?\s*(\d+(?:[\s-]+\d+)*)\.?$/u
/** A longer one is not sent in groups. */
const groupedDigits = 8

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

/** The verification code in what was typed or pasted; text with no code or more than one stays as it is. */
export function otpCode(typed: string): string {
  const text = tidied(typed)
  const groups = labeled.exec(text)?.[1]?.split(/[\s-]+/) ?? []
  const [first = ''] = groups
  const isOne = groups.length === 1 || groups.every(({ length }) => length === first.length)
  const code = groups.join('')
  return isOne && code !== '' && (groups.length === 1 || code.length <= groupedDigits) ? code : text
}

/** Why this is not sent: the PBX counts a wrong code as a failed sign-in. Empty for one code. */
export function otpProblem(typed: string): string {
  const code = otpCode(typed)
  if (code === '') return 'Enter the code'
  return /\s/.test(code) ? 'This is not clearly one code. Enter only the code from the email, such as 123456' : ''
}
