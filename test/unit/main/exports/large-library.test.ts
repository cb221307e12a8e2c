import { mkdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeEach, expect, test } from 'vitest'
import type { ExportEntry, ExportManifest } from '@shared/domain/export'
import { Library } from '@main/services/exports/library'
import { Manifests } from '@main/services/exports/manifests'
import { readRegular } from '@main/storage/regular-file'
import { temporaryFolder } from '../storage/temporary'

const size = 5000
const idOf = (n: number) => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`
const nameOf = (n: number) => `Rules ${n}.csv`

const manifestOf = (n: number, rows = n): ExportManifest => ({
  version: 1,
  id: idOf(n),
  file: nameOf(n),
  resource: 'ip-rules',
  format: 'csv',
  server: { id: 's', name: 'Nordkabel', address: 'https://pbx.example' },
  user: 'admin',
  role: 'System Administrator',
  pbxVersion: '22.2',
  exportedAt: new Date(Date.UTC(2026, 0, 1, 0, n)).toISOString(),
  scope: { kind: 'all' },
  rows,
  columns: [{ key: 'cidr', label: 'Range' }],
  sha256: '0'.repeat(64),
  bytes: 1,
})

let folder: string
let reads: string[]
let library: Library

const write = (n: number, rows?: number): void => {
  writeFileSync(join(folder, nameOf(n)), 'x')
  writeFileSync(join(folder, `${nameOf(n)}.manifest.json`), JSON.stringify(manifestOf(n, rows)))
}

beforeEach(() => {
  folder = join(temporaryFolder(), 'library')
  mkdirSync(folder)
  reads = []
  const manifests = new Manifests((path, ...rest) => {
    reads.push(path)
    return readRegular(path, ...rest)
  })
  library = new Library(() => folder, undefined, manifests)
})

const rowsOf = (entries: readonly ExportEntry[], n: number) =>
  entries.find(({ file }) => file === nameOf(n))?.manifest?.rows

test(`a library of ${size} exports reads each manifest once, however often it is listed and its exports are opened`, async () => {
  for (let n = 0; n < size; n++) write(n)
  expect(await library.list()).toHaveLength(size)
  expect(new Set(reads).size).toBe(size)
  expect(reads).toHaveLength(size)
  expect((await library.list())[0]?.file).toBe(nameOf(size - 1))
  expect((await library.find(idOf(7))).file).toBe(nameOf(7))
  await library.verify(idOf(8))
  expect(reads).toHaveLength(size)
})

test('what another program adds, changes, or deletes in the folder is seen', async () => {
  for (const n of [1, 2, 3]) write(n)
  await library.list()
  write(4)
  write(2, 77)
  const later = new Date(Date.now() + 60_000)
  utimesSync(join(folder, `${nameOf(2)}.manifest.json`), later, later)
  rmSync(join(folder, nameOf(3)))
  rmSync(join(folder, `${nameOf(3)}.manifest.json`))
  const entries = await library.list()
  expect(entries.map(({ file }) => file)).toEqual([nameOf(4), nameOf(2), nameOf(1)])
  expect(rowsOf(entries, 2)).toBe(77)
  expect(reads).toHaveLength(5)
  await expect(library.find(idOf(3))).rejects.toThrow('no longer in the library')
})

test('an export is not found under the ID of another one that had its file name', async () => {
  write(1)
  write(2)
  await library.list()
  const other = readFileSync(join(folder, `${nameOf(2)}.manifest.json`))
  writeFileSync(join(folder, `${nameOf(1)}.manifest.json`), other)
  await expect(library.find(idOf(1))).rejects.toThrow('no longer in the library')
})
