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

/** What a file reaches without `import()`, each with the way to it. */
function reached(entry: string): ReadonlyMap<string, string> {
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
  visit(join(root, 'src', entry), entry)
  return ways
}

it('the first paint needs no validation library, no Naive UI and no description of a resource', () => {
  const ways = reached('renderer/src/main.ts')
  expect(ways.size).toBeGreaterThan(40)
  const late = /(^|\/)(zod|naive-ui|ipaddr\.js)$|shared\/resources\/(registry|schema|tenant)\.ts$|FleetBoard\.vue$/
  expect([...ways].filter(([target]) => late.test(target)).map(([, way]) => way)).toEqual([])
})

it('what main loads for the first paint needs no HTTP client and no schemas of later channels', () => {
  const ways = reached('main/compose-shell.ts')
  expect(ways.size).toBeGreaterThan(30)
  const late =
    /^node:(http|https|tls|crypto|zlib)$|^axios$|main\/portsip\/|shared\/ipc\/contract\.ts$|shared\/resources\//
  expect([...ways].filter(([target]) => late.test(target)).map(([, way]) => way)).toEqual([])
})
