import { mkdir, mkdtemp, readdir, readFile, rename, rm, truncate, writeFile } from 'node:fs/promises'
import { randomBytes } from 'node:crypto'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { removeRowFiles, RowFiles } from '@main/services/rows/row-files'
import { RowStore, type StoredList } from '@main/services/rows/row-store'
import type { RestoredList, StoredRow } from '@main/services/rows/stored-row'
import { accountOf, read, readAt, stored, tenant } from './stored'

const key = randomBytes(32)
let folder = ''
beforeEach(async () => (folder = await mkdtemp(join(tmpdir(), 'fleet-rows-'))))
afterEach(() => rm(folder, { recursive: true, force: true }))

function listOf(serverId: string, rows: readonly StoredRow[]): StoredList {
  const store = new RowStore()
  read(store, serverId, 'tenants', rows)
  return store.list(serverId, 'tenants')!
}
const accounts = (...ids: readonly string[]) => new Map(ids.map((id) => [id, accountOf(id)]))
async function readAll(used: Uint8Array = key, known = accounts('a', 'b')): Promise<RestoredList[]> {
  const lists: RestoredList[] = []
  for await (const list of new RowFiles(folder, used).readAll(known)) lists.push(list)
  return lists
}

test('a list is read back as it was, and its file has no readable text', async () => {
  const rows = [tenant('1', 'Contoso'), stored('tenants', '2', { name: 'Fabrikam' }, ['domain'])]
  await new RowFiles(folder, key).write(listOf('a', rows))
  expect(await readAll()).toEqual([{ serverId: 'a', resource: 'tenants', readAt, account: accountOf('a'), rows }])
  const [name = ''] = await readdir(folder)
  const bytes = (await readFile(join(folder, name))).toString('latin1')
  expect(bytes).not.toContain('Contoso')
  expect(bytes).not.toContain('name')
})

test('a list of an account that does not see all of the server stays one', async () => {
  await new RowFiles(folder, key).write({ ...listOf('a', [tenant('1', 'Contoso')]), scope: 'dealer' })
  expect(await readAll()).toMatchObject([{ serverId: 'a', scope: 'dealer' }])
})

test('any JSON value of a cell comes back', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.tuple(fc.string(), fc.jsonValue()), { maxLength: 20 }), async (values) => {
      const rows = values.map(([id, name]) => stored('tenants', id, { name }))
      await new RowFiles(folder, key).write(listOf('a', rows))
      const [list] = await readAll()
      expect(JSON.stringify(list?.rows)).toBe(JSON.stringify(rows))
    }),
    { numRuns: 30 },
  )
})

test('what belongs to another key, another name or another server, or is damaged, is neither read nor kept', async () => {
  const files = new RowFiles(folder, key)
  const file = join(folder, 'a.tenants.rows')
  const damage: Readonly<Record<string, () => Promise<unknown>>> = {
    'another name': () => rename(file, join(folder, 'b.tenants.rows')),
    'another list': () => rename(file, join(folder, 'a.dealers.rows')),
    'a changed byte': async () => {
      const bytes = await readFile(file)
      bytes[bytes.length - 1] = (bytes.at(-1) ?? 0) ^ 1
      await writeFile(file, bytes)
    },
    'cut off': () => truncate(file, 60),
    'cut off within its head': () => truncate(file, 4),
    empty: () => truncate(file, 0),
  }
  for (const [title, apply] of Object.entries(damage)) {
    await files.write(listOf('a', [tenant('1', 'Contoso')]))
    await apply()
    expect([title, await readAll(), await readdir(folder)]).toEqual([title, [], []])
  }
  await files.write(listOf('a', [tenant('1', 'Contoso')]))
  expect(await readAll(randomBytes(32))).toEqual([])
  await files.write(listOf('a', [tenant('1', 'Contoso')]))
  expect(await readAll(key, accounts('b'))).toEqual([])
  expect(await readdir(folder)).toEqual([])
})

test('a list that was read with another address or user is neither read nor kept', async () => {
  await new RowFiles(folder, key).write(listOf('a', [tenant('1', 'Contoso')]))
  expect(await readAll(key, new Map([['a', accountOf('b')]]))).toEqual([])
  expect(await readdir(folder)).toEqual([])
})

test('other files in the folder stay', async () => {
  await writeFile(join(folder, 'notes.txt'), 'mine')
  await new RowFiles(folder, key).write(listOf('a', [tenant('1', 'Contoso')]))
  await new RowFiles(folder, key).write(listOf('b', [tenant('1', 'Contoso')]))
  await removeRowFiles(folder, ['a'])
  expect((await readdir(folder)).sort()).toEqual(['b.tenants.rows', 'notes.txt'])
  await removeRowFiles(join(folder, 'none'), ['a'])
})

test('a folder with the name of a file is removed, and keeps no list from being read, deleted or stored', async () => {
  const files = new RowFiles(folder, key)
  const block = async (): Promise<void> => {
    await mkdir(join(folder, 'a.dealers.rows'), { recursive: true })
    await writeFile(join(folder, 'a.dealers.rows', 'x'), '')
  }
  await files.write(listOf('a', [tenant('1', 'Contoso')]))
  await block()
  expect(await readAll()).toMatchObject([{ serverId: 'a', resource: 'tenants' }])
  expect(await readdir(folder)).toEqual(['a.tenants.rows'])
  await block()
  await removeRowFiles(folder, ['a'])
  expect(await readdir(folder)).toEqual([])
})

test('a file that was being written when the app was killed is removed', async () => {
  await writeFile(join(folder, '.a.tenants.rows.999999999-0123456789ab.fleet-tmp'), 'rows')
  await readAll()
  expect(await readdir(folder)).toEqual([])
})
