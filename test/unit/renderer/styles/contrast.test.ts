import { describe, expect, it } from 'vitest'
import { tokens, type Tokens } from '@/styles/tokens'

/** Relative luminance of `#rrggbb` (WCAG 2.2). */
function luminance(color: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const channel = Number.parseInt(color.slice(at, at + 2), 16) / 255
    return channel <= 0.040_45 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}

function contrast(first: string, second: string): number {
  const [light = 0, dark = 0] = [luminance(first), luminance(second)].toSorted((a, b) => b - a)
  return (light + 0.05) / (dark + 0.05)
}

type Color = keyof Tokens
const surfaces: readonly Color[] = ['bg', 'panel', 'sidebar', 'hover', 'selected']
const pairs: readonly (readonly [minimum: number, foreground: Color, surfaces: readonly Color[]])[] = [
  [4.5, 'text', [...surfaces, 'accent-soft', 'danger-soft', 'ok-soft', 'warn-soft']],
  [4.5, 'muted', surfaces],
  [4.5, 'accent', [...surfaces, 'accent-soft']],
  [4.5, 'on-accent', ['accent', 'accent-hover', 'danger']],
  [4.5, 'danger', ['bg', 'panel', 'sidebar', 'hover', 'danger-soft']],
  [4.5, 'ok', ['bg', 'panel', 'sidebar', 'hover', 'ok-soft']],
  [4.5, 'warn', ['bg', 'panel', 'sidebar', 'hover', 'warn-soft']],
  ...(['danger-mark', 'ok-mark', 'warn-mark', 'border-strong'] as const).map((mark) => [3, mark, surfaces] as const),
]

describe.each([
  ['light', tokens(false)],
  ['dark', tokens(true)],
] as const)('the %s theme', (_, theme) => {
  it.each(pairs)('has %s:1 for %s on each surface', (minimum, foreground, backgrounds) => {
    const tooLow = backgrounds
      .map((background) => [background, contrast(theme[foreground], theme[background])] as const)
      .filter(([, ratio]) => ratio < minimum)
    expect(tooLow).toEqual([])
  })
})
