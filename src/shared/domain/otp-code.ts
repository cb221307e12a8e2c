import { withoutInvisible } from '../text/invisible'

/** Digits with blanks, dashes or other signs between two of them; neither letters nor other digits stand beside them. */
const run = /(?<![\p{L}\p{N}][-–—]?)\p{Nd}(?:[\s\p{P}]?\p{Nd}){3,}(?![-–—]?[\p{L}\p{N}])/gu

/** The digit of any script as one of ASCII: Unicode has those of each script in a row from zero to nine. */
function plainDigit(digit: string): string {
  const code = digit.codePointAt(0) ?? 0
  let zero = code
  while (code - zero < 9 && /\p{Nd}/u.test(String.fromCodePoint(zero - 1))) zero -= 1
  return String((code - zero) % 10)
}

/**
 * The verification code in what was typed or pasted, such as `Code: 123 456` or a line of the email; text without
 * exactly one that has four digits or more stays as it is.
 */
export function otpCode(typed: string): string {
  const text = withoutInvisible(typed.normalize('NFKC')).trim()
  const [code, ...others] = text.match(run) ?? []
  if (code === undefined || others.length > 0) return text
  return code.replaceAll(/\P{Nd}/gu, '').replaceAll(/\p{Nd}/gu, plainDigit)
}
