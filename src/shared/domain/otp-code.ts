import { withoutInvisible } from '../text/invisible'

/** Digits with blanks or dashes between them, with a label in front: `Code: 123 456`. */
const labeled = /^(?:[\p{L}\s]*[:\s])?\s*(\d[\d\s-]*)\.?$/u

/** The verification code in what was typed or pasted; text of another form stays as it is. */
export function otpCode(typed: string): string {
  const text = withoutInvisible(typed.normalize('NFKC')).trim()
  return labeled.exec(text)?.[1]?.replaceAll(/\D/g, '') ?? text
}
