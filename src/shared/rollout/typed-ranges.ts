import { contains, type Cidr } from '../domain/cidr'
import { typedCidr } from '../domain/typed-cidr'
import { withoutInvisible } from '../text/invisible'
import { addressText, namedIn } from '../rows/typed-value'

/** A line that is no address. */
export interface RangeProblem {
  readonly line: number
  readonly text: string
  readonly message: string
}

export interface TypedRanges {
  /** Normalized, each once, without those within another one, in the order in which they were typed. */
  readonly ranges: readonly string[]
  /** Texts that are sent in another form, with that form. */
  readonly changed: readonly { readonly text: string; readonly range: string }[]
  /** How many were left out because another one contains them. */
  readonly repeated: number
  readonly problems: readonly RangeProblem[]
}

const hex = ({ bytes }: Cidr): string => bytes.map((byte) => byte.toString(16).padStart(2, '0')).join('')

/** Ranges without those that another one contains. */
function outermost(ranges: readonly Cidr[]): ReadonlySet<Cidr> {
  const keyed = ranges.map((range) => ({ range, key: `${range.family}${hex(range)}` }))
  const sorted = keyed.sort((a, b) => (a.key === b.key ? a.range.prefix - b.range.prefix : a.key < b.key ? -1 : 1))
  const kept: Cidr[] = []
  for (const { range } of sorted) {
    const last = kept.at(-1)
    if (last === undefined || !contains(last, range)) kept.push(range)
  }
  return new Set(kept)
}

/** A subnet mask, or an inverted one, without its address: no host has such an address. */
const isMask = (text: string): boolean =>
  /^(?:255|0)(?:\.\d+){3}$/.test(text) && text !== '255.255.255.255' && text !== '0.0.0.0'

/** A subnet mask and the end of a range belong to the address before them. */
const joined = (line: string): string =>
  line
    .replaceAll(/(?<![\d.])(\d+(?:\.\d+){3})\s+((?:255|0)(?:\.\d+){3})(?![\d./])/g, '$1/$2')
    .replaceAll(/(?<=[\d:a-f])\s+[-\u2010-\u2015]\s+(?=[\d:a-f])/gi, '-')

/**
 * Reads addresses and ranges as they are pasted: one or several in a line, also within a URL or with a port, and with
 * remarks after `#`.
 */
export function readRanges(typed: string): TypedRanges {
  const parsed: Cidr[] = []
  const changed = new Map<string, string>()
  const problems: RangeProblem[] = []
  for (const [index, whole] of typed.split('\n').entries()) {
    const [line = ''] = whole.split('#')
    for (const text of joined(line)
      .split(/[\s,;]+/)
      .filter(Boolean)) {
      if (isMask(text)) {
        const message = `${text} is a subnet mask without its address. Enter both as in 192.0.2.0/24`
        problems.push({ line: index + 1, text, message })
        continue
      }
      const result = typedCidr(namedIn(text))
      if (!result.ok) {
        problems.push({ line: index + 1, text, message: result.message })
        continue
      }
      parsed.push(result.cidr)
      // An address alone gets /32 or /128, which is no surprise.
      const range = result.cidr.text
      if (text !== range && withoutInvisible(text) !== addressText(result.cidr)) changed.set(text, range)
    }
  }
  const kept = outermost(parsed)
  return {
    ranges: parsed.filter((range) => kept.has(range)).map(({ text }) => text),
    changed: [...changed].map(([text, range]) => ({ text, range })),
    repeated: parsed.length - kept.size,
    problems,
  }
}
