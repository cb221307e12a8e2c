import { personLocale } from './locale'

/** How a language writes numbers: separators, sizes of groups from the right, and digits. */
export interface NumberStyle {
  readonly group: string
  readonly decimal: string
  /** Digits in the group before the decimal separator and in each earlier group: 3 and 3, in India 3 and 2. */
  readonly lastGroup: number
  readonly otherGroups: number
}

const styles = new Map<string, NumberStyle>()

function styleFrom(locale: string): NumberStyle {
  const parts = new Intl.NumberFormat(locale, { useGrouping: true }).formatToParts(-1234567890123.5)
  const partOf = (type: Intl.NumberFormatPartTypes): string | undefined =>
    parts.find((part) => part.type === type)?.value
  const groups = parts.filter(({ type }) => type === 'integer').map(({ value }) => [...value].length)
  return {
    group: partOf('group') ?? '',
    decimal: partOf('decimal') ?? '.',
    lastGroup: groups.at(-1) ?? 3,
    otherGroups: groups.at(-2) ?? 3,
  }
}

/** The style of a locale; by default of the current one, in which all numbers are printed. */
export function numberStyle(locale = personLocale()): NumberStyle {
  const style = styles.get(locale) ?? styleFrom(locale)
  styles.set(locale, style)
  return style
}

let digits: ReadonlyMap<string, string> | undefined

/** The decimal digits of all scripts with their ASCII digits. */
export function decimalDigits(): ReadonlyMap<string, string> {
  digits ??= new Map(
    Intl.supportedValuesOf('numberingSystem').flatMap((system) =>
      Array.from({ length: 10 }, (_, digit): readonly [string, string] => [
        new Intl.NumberFormat(`en-u-nu-${system}`).format(digit),
        String(digit),
      ]).filter(([written]) => /^\p{Nd}$/u.test(written)),
    ),
  )
  return digits
}
