import { readFileSync, statSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { expect, it } from 'vitest'

const root = resolve(import.meta.dirname, '../../..')
const aliases: Readonly<Record<string, string>> = { '@/': 'src/renderer/src/', '@shared/': 'src/shared/' }

/** The modules that a file imports statically; types are not part of the program. */
const importsOf = (file: string): readonly string[] =>
  [...readFileSync(file, 'utf8').matchAll(/^(?:import|export) (?!type )(?:[^'"]*? from )?['"]([^'"]+)['"]/gm)].map(
    ([, name = '']) => name,
  )

const isFile = (path: string): boolean => statSync(path, { throwIfNoEntry: false })?.isFile() === true

/** The file of a module of ours; undefined for packages. */
function fileOf(from: string, name: string): string | undefined {
  const alias = Object.keys(aliases).find((prefix) => name.startsWith(prefix))
  if (alias === undefined && !name.startsWith('.')) return undefined
  const path =
    alias === undefined ? join(dirname(from), name) : join(root, aliases[alias] ?? '', name.slice(alias.length))
  return [path, `${path}.ts`].find(isFile)
}

/** What the window's first script reaches, each with the way to it. */
function reached(): ReadonlyMap<string, string> {
  const ways = new Map<string, string>()
  const visit = (file: string, way: string): void => {
    for (const name of importsOf(file)) {
      const target = fileOf(file, name) ?? name
      if (ways.has(target)) continue
      const shown = target.replace(`${root}/src/`, '')
      ways.set(target, `${way} > ${shown}`)
      if (target !== name) visit(target, `${way} > ${shown}`)
    }
  }
  visit(join(root, 'src/renderer/src/main.ts'), 'main.ts')
  return ways
}

it('the first paint needs no validation library, no Naive UI and no description of a resource', () => {
  const ways = reached()
  expect(ways.size).toBeGreaterThan(40)
  const late = /(^|\/)(zod|naive-ui|ipaddr\.js)$|shared\/resources\/(registry|schema|tenant)\.ts$|FleetBoard\.vue$/
  expect([...ways].filter(([target]) => late.test(target)).map(([, way]) => way)).toEqual([])
})
