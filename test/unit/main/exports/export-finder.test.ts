import { mkdirSync, renameSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { ExportEntry, ExportManifest } from '@shared/domain/export'
import { ExportFinder } from '@main/services/exports/export-finder'
import { Library } from '@main/services/exports/library'
import { failureOf } from '../session/harness'
import { temporaryFolder } from '../storage/temporary'

const manifest = (file: string, more: Partial<ExportManifest> = {}): ExportManifest => ({
  ...{ version: 1, id: crypto.randomUUID(), file, resource: 'ip-rules', format: 'csv' },
  ...{ user: 'admin', role: 'SystemAdmin', pbxVersion: '22.2', exportedAt: '2026-07-06T10:00:00.000Z' },
  server: { id: 's', name: 'Kunde A', address: 'https://pbx.example.com' },
  ...{ scope: { kind: 'all' }, columns: [], sha256: '0'.repeat(64), bytes: 1 },
  ...more,
})

/** A library in a folder, whose readings are counted. */
function libraryIn(folder: string) {
  const library = new Library(() => folder)
  const counted = { folder, lists: 0, list: () => ((counted.lists += 1), library.list()) }
  const finder = new ExportFinder(counted)
  let minute = 0
  /** As time passes between two files of a person. */
  const touch = (): void => utimesSync(folder, 1_800_000_000, 1_800_000_000 + ++minute)
  const add = (file: string, more: Partial<ExportManifest> | string = {}): void => {
    writeFileSync(join(folder, file), 'a row of Fabrikam')
    const text = typeof more === 'string' ? more : JSON.stringify(manifest(file, more))
    writeFileSync(join(folder, `${file}.manifest.json`), text)
    touch()
  }
  const files = async (text: string) => (await finder.find(text, 10)).hits.map(({ file }) => file)
  return { finder, counted, add, touch, files }
}

test('an export is found by name, server, list and time, but not by its rows', async () => {
  const { add, files, finder } = libraryIn(temporaryFolder())
  add('Kunde A ip-rules.csv')
  add('Buro tenants.xlsx', {
    ...{ resource: 'tenants', format: 'xlsx', exportedAt: '2026-07-08T10:00:00.000Z' },
    ...{ server: { id: 'b', name: 'Büro Nord', address: 'https://nord.example.com' } },
  })
  for (const text of ['ip-rules', 'kunde ip rules', 'KUNDE csv', '2026-07-06'])
    expect(await files(text), text).toEqual(['Kunde A ip-rules.csv'])
  for (const text of ['nord tenants', 'büro nord', 'nord.example.com', '2026-07-08 tenants'])
    expect(await files(text), text).toEqual(['Buro tenants.xlsx'])
  expect(await files('2026-07')).toEqual(['Buro tenants.xlsx', 'Kunde A ip-rules.csv'])
  expect(await files('fabrikam')).toEqual([])
  expect((await finder.find('2026', 1)).count).toBe(2)
  expect((await finder.find('kunde', 1)).hits).toMatchObject([
    { server: 'Kunde A', resource: 'ip-rules', format: 'csv', exportedAt: '2026-07-06T10:00:00.000Z' },
  ])
})

test('an export whose manifest is damaged is found by its name, and hides no other', async () => {
  const { add, files, finder } = libraryIn(temporaryFolder())
  add('Kunde A one.csv')
  add('Kunde A two.csv', '{"version":1,"id":')
  expect([...(await files('kunde'))].sort()).toEqual(['Kunde A one.csv', 'Kunde A two.csv'])
  expect((await finder.find('two', 10)).hits).toMatchObject([{ server: '', integrity: 'unknown' }])
})

test('the folder is read again only after it changed', async () => {
  const { add, files, finder, counted, touch } = libraryIn(temporaryFolder())
  add('one.csv')
  await Promise.all([files('csv'), files('one')])
  await files('csv')
  expect(counted.lists).toBe(1)
  add('two.csv')
  expect(await files('two')).toEqual(['two.csv'])
  expect(counted.lists).toBe(2)
  finder.changed()
  await files('csv')
  expect(counted.lists).toBe(3)
  rmSync(join(counted.folder, 'one.csv'))
  rmSync(join(counted.folder, 'one.csv.manifest.json'))
  touch()
  expect(await files('csv')).toEqual(['two.csv'])
})

test('a folder that cannot be read is an error, never a search without results, and is read again afterwards', async () => {
  const folder = join(temporaryFolder(), 'exports')
  mkdirSync(folder)
  const { add, files, finder } = libraryIn(folder)
  add('one.csv')
  expect(await files('one')).toEqual(['one.csv'])
  renameSync(folder, `${folder}-away`)
  writeFileSync(folder, 'a file in its place')
  expect(await failureOf(finder.find('one', 10))).toMatchObject({ code: 'disk' })
  rmSync(folder)
  renameSync(`${folder}-away`, folder)
  expect(await files('one')).toEqual(['one.csv'])
})

test('a folder that could not be read once is read again by the next search, although it did not change', async () => {
  let calls = 0
  const list = () => ((calls += 1) === 1 ? Promise.reject(new Error('EIO')) : Promise.resolve([]))
  const finder = new ExportFinder({ folder: temporaryFolder(), list })
  await expect(finder.find('one', 10)).rejects.toThrow('EIO')
  expect(await finder.find('one', 10)).toEqual({ hits: [], count: 0 })
})

test('of exports that match alike the newest is first, then by name', async () => {
  const { add, files } = libraryIn(temporaryFolder())
  for (const file of ['Kunde A 2.csv', 'Kunde A 10.csv', 'Kunde A 1.csv']) add(file)
  add('Kunde A 3.csv', { exportedAt: '2026-07-08T10:00:00.000Z' })
  expect(await files('kunde')).toEqual(['Kunde A 3.csv', 'Kunde A 1.csv', 'Kunde A 10.csv', 'Kunde A 2.csv'])
})

const text = fc.constantFrom('Contoso', 'İstanbul', 'istanbul', 'Zürich', 'zurich', 'ip-rules')
const entries = fc.array(fc.tuple(text, text, fc.integer({ min: 1, max: 3 })), { maxLength: 12 }).map((all) =>
  all.map(([file, name, day], at): ExportEntry => {
    const exportedAt = `2026-07-0${day}T10:00:00.000Z`
    const common = { id: `${at}`, file: `${file}.csv`, bytes: 1, modifiedAt: exportedAt, integrity: 'intact' } as const
    const from = { id: 's', name, address: '' }
    // Every third one has no readable manifest.
    return at % 3 === 0 ? common : { ...common, manifest: manifest(common.file, { server: from, exportedAt }) }
  }),
)

test('the same exports and text give the same hits in the same order, in whatever order the folder lists them', async () => {
  const find = (listed: readonly ExportEntry[], query: string, max: number) =>
    new ExportFinder({ folder: '/no/such/folder', list: () => Promise.resolve(listed) }).find(query, max)
  await fc.assert(
    fc.asyncProperty(
      entries.chain((all) =>
        fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length, maxLength: all.length })),
      ),
      fc.oneof(text, fc.constantFrom('2026', 'csv', 'con ist', 'i')),
      fc.integer({ min: 1, max: 15 }),
      async ([all, shuffled], query, max) => {
        expect(await find(shuffled, query, max)).toEqual(await find(all, query, max))
      },
    ),
  )
})
