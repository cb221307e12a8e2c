import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'

const root = 'src/renderer/src'
/** A larger space is a dimension of the layout, and 1 px a hairline. */
const largestSpace = 28
const space = /^((row-|column-)?gap|(scroll-)?(padding|margin)(-[a-z]+)*)$/
const text = /^font(-size)?$/
const corner = /^border(-[a-z]+)*-radius$/

interface Declaration {
  readonly property: string
  readonly value: string
}

/** Styles of the window, by file: style sheets and the style blocks of components. */
const styles: readonly (readonly [file: string, css: string])[] = readdirSync(root, {
  recursive: true,
  encoding: 'utf8',
})
  .filter((file) => /\.(vue|css)$/.test(file))
  .map((file) => {
    const source = readFileSync(join(root, file), 'utf8')
    if (file.endsWith('.css')) return [file, source]
    return [file, [...source.matchAll(/<style[^>]*>(.*?)<\/style>/gs)].map(([, css]) => css ?? '').join('\n')]
  })

const declarations = (css: string): readonly Declaration[] =>
  [...css.replaceAll(/\/\*.*?\*\//gs, '').matchAll(/([a-z0-9-]+)\s*:\s*([^;{}]+);/g)].map(
    ([, property = '', value = '']) => ({ property, value }),
  )

function isLiteral({ property, value }: Declaration): boolean {
  const sizes = [...value.matchAll(/(\/?)([\d.]+)px/g)]
    .filter(([, slash]) => slash === '')
    .map(([, , px]) => Number(px))
  if (space.test(property)) return sizes.some((px) => px > 1 && px <= largestSpace)
  return (text.test(property) || corner.test(property)) && sizes.length > 0
}

describe('the sizes of the window', () => {
  it.each(styles.filter(([file]) => !file.endsWith('sizes.css')))('come from tokens in %s', (_, css) => {
    expect(declarations(css).filter(isLiteral)).toEqual([])
  })

  it('are tokens that exist, and each token is used', () => {
    const all = styles.map(([, css]) => css).join('\n')
    const named = /var\((--(?:space|text|radius)-[a-z0-9]+)\)/g
    const used = new Set([...all.matchAll(named)].map(([, name]) => name))
    const sizes = styles.find(([file]) => file.endsWith('sizes.css'))?.[1] ?? ''
    const defined = new Set(
      declarations(sizes)
        .map(({ property }) => property)
        .filter((property) => property.startsWith('--')),
    )
    expect([...used].sort()).toEqual([...defined].sort())
  })

  it('of a literal are found', () => {
    const css = '.a { padding: 3px var(--space-2); margin: 0 1px 48px; font: 12px/18px serif; border-radius: 50%; }'
    expect(
      declarations(css)
        .filter(isLiteral)
        .map(({ property }) => property),
    ).toEqual(['padding', 'font'])
  })
})
