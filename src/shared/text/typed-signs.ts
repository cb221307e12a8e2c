/** Quotes and dashes that a keyboard lacks, by those that a person types for them. */
const signs: readonly (readonly [typed: string, shown: string])[] = [
  ["'", '’‘‚‛´ʼʻ′＇‹›'],
  ['"', '“”„‟″«»＂'],
  ['-', '‐‑‒–—―−﹣－'],
]
const typedFor = new Map(signs.flatMap(([typed, shown]) => [...shown].map((sign) => [sign, typed] as const)))
const special = new RegExp(`[${[...typedFor.keys()].join('')}]`, 'gu')

/** A text with the quotes and dashes of a keyboard in place of those that only look alike. Before NFKC, which takes some apart. */
export const typedSigns = (text: string): string => text.replace(special, (sign) => typedFor.get(sign) ?? sign)
