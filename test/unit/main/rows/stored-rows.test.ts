import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { FleetError } from '@shared/ipc/result'
import { StoredRows } from '@main/services/rows/stored-rows'
import { MemorySecretStore } from '@main/storage/memory-secret-store'
import type { SecretStore } from '@main/storage/secret-store'
import { Fleet, settled } from './fleet'

let folder = ''
beforeEach(async () => (folder = await mkdtemp(join(tmpdir(), 'fleet-rows-'))))
afterEach(() => rm(folder, { recursive: true, force: true }))

const never = (): undefined => undefined

/** A run of the app on the folder. */
async function run(secrets: SecretStore, ...ids: readonly string[]) {
  const fleet = new Fleet(...ids)
  const { rows, reader } = fleet
  const stored = new StoredRows({ folder, secrets, rows, reader, accounts: () => fleet.accounts(), after: never })
  await stored.restore()
  const readTenants = async (id: string, names: readonly string[]): Promise<void> => {
    const done = reader.read(id, 'tenants')
    await (await fleet.request(id)).answer(names)
    await done
  }
  const found = async (text: string): Promise<string> =>
    (await rows.search(text, 10, fleet.now())).hits.map(({ serverId, title }) => `${serverId}: ${title}`).join(', ')
  return { fleet, rows, reader, stored, readTenants, found }
}

test('what one run has read is found by the next, also signed out, until it is read again', async () => {
  const secrets = new MemorySecretStore()
  const first = await run(secrets, 'a', 'b')
  await first.readTenants('a', ['contoso'])
  await first.rows.flush()

  const second = await run(secrets, 'a', 'b')
  second.fleet.set('a', { phase: 'signed-out' })
  expect(await second.found('contoso')).toBe('a: Name contoso')
  const { viewId, servers } = await second.fleet.tables.open('tenants', ['a', 'b'])
  expect(servers.map(({ serverId, phase, rows }) => [serverId, phase, rows])).toEqual([
    ['a', 'signed-out', 1],
    ['b', 'reading', 0],
  ])
  expect(await second.fleet.shown(viewId, 'a')).toBe('contoso')

  // It is signed in: rows of an earlier run are read again, and stay until then.
  second.fleet.set('a')
  second.fleet.tables.signedIn('a')
  expect(await second.fleet.shown(viewId, 'a')).toBe('contoso')
  await (await second.fleet.request('a')).answer(['fabrikam'])
  expect(await second.found('fabrikam')).toBe('a: Name fabrikam')
  expect(await second.found('contoso')).toBe('')
})

test('what was read before the stored rows were restored is stored, and not replaced by them', async () => {
  const secrets = new MemorySecretStore()
  const first = await run(secrets, 'a')
  await first.readTenants('a', ['contoso'])
  await first.rows.flush()

  const fleet = new Fleet('a')
  const { rows, reader } = fleet
  const done = reader.read('a', 'tenants')
  await (await fleet.request('a')).answer(['fabrikam'])
  await done
  await new StoredRows({ folder, secrets, rows, reader, accounts: () => fleet.accounts(), after: never }).restore()
  await rows.flush()
  expect(await (await run(secrets, 'a')).found('name')).toBe('a: Name fabrikam')
})

test('what an earlier run has read is found if the first reading, which began before it was restored, fails', async () => {
  const secrets = new MemorySecretStore()
  const first = await run(secrets, 'a')
  await first.readTenants('a', ['contoso', 'fabrikam'])
  await first.rows.flush()

  const fleet = new Fleet('a')
  fleet.timing.advance(1000)
  const { rows, reader, tables } = fleet
  const { viewId } = await tables.open('tenants', ['a'])
  const request = await fleet.request('a')
  await new StoredRows({ folder, secrets, rows, reader, accounts: () => fleet.accounts(), after: never }).restore()
  expect(reader.state('a', 'tenants')).toMatchObject({ phase: 'reading', rows: 2 })
  await request.fail()
  expect(await fleet.shown(viewId, 'a')).toBe('contoso fabrikam')
  expect(reader.state('a', 'tenants')).toMatchObject({ phase: 'failed', rows: 2 })
  expect(reader.state('a', 'tenants')).not.toHaveProperty('isPartial')
  expect((await rows.search('contoso', 10, fleet.now())).hits).toHaveLength(1)
})

test('a server that is removed, or has another address, leaves nothing', async () => {
  const secrets = new MemorySecretStore()
  const first = await run(secrets, 'a', 'b')
  await first.readTenants('a', ['contoso'])
  await first.readTenants('b', ['fabrikam'])
  await first.stored.forget(['a'])
  await first.rows.flush()
  expect(await readdir(folder)).toEqual(['b.tenants.rows'])
  expect(await first.found('name')).toBe('b: Name fabrikam')

  // Also before anything is read in a run.
  const second = new Fleet('b')
  await new StoredRows({
    folder,
    secrets,
    rows: second.rows,
    reader: second.reader,
    accounts: () => new Map(),
    after: never,
  }).forget(['b'])
  expect(await readdir(folder)).toEqual([])
})

test('rows of another user or address are not found, even if the app was killed before they were deleted', async () => {
  const secrets = new MemorySecretStore()
  for (const record of [{ username: 'other' }, { domain: 'acme.example' }, { address: 'https://10.0.0.9:8887' }]) {
    const first = await run(secrets, 'a')
    await first.readTenants('a', ['contoso'])
    await first.rows.flush()

    const fleet = new Fleet('a')
    fleet.set('a', { phase: 'signed-out' }, record)
    const { rows, reader } = fleet
    await new StoredRows({ folder, secrets, rows, reader, accounts: () => fleet.accounts(), after: never }).restore()
    expect((await rows.search('contoso', 10, fleet.now())).hits).toEqual([])
    expect(await readdir(folder)).toEqual([])
  }
})

test('a list that ended early is not stored', async () => {
  const secrets = new MemorySecretStore()
  const { fleet, reader, rows } = await run(secrets, 'a')
  const done = reader.read('a', 'tenants')
  await (await fleet.request('a')).answer(['contoso'], 5)
  while ((await fleet.waiting()).length > 0) await (await fleet.request('a')).answer([], 5)
  await done
  await rows.flush()
  expect(await readdir(folder)).toEqual([])
})

test('without a keychain nothing is stored, and everything else works', async () => {
  const refuse = () => Promise.reject(new FleetError({ code: 'keychain', message: 'The keychain is locked' }))
  const locked: SecretStore = { get: refuse, set: refuse, delete: refuse }
  const { readTenants, rows, found } = await run(locked, 'a')
  await readTenants('a', ['contoso'])
  await rows.flush()
  expect(await readdir(folder)).toEqual([])
  expect(await found('contoso')).toBe('a: Name contoso')
})

test('rows of an address that is being forgotten do not come back from their file', async () => {
  const order: string[] = []
  let go = (): void => undefined
  const gate = new Promise<void>((resolve) => (go = resolve))
  const stored = new StoredRows({
    folder,
    secrets: new MemorySecretStore(),
    rows: { restore: () => (order.push('restored'), Promise.resolve([])) },
    reader: { restored: () => undefined, forget: () => gate.then(() => void order.push('forgotten')) },
    accounts: () => new Map([['a', 'account']]),
    after: never,
  })
  const both = [stored.forget(['a']), stored.restore()]
  await settled()
  go()
  await Promise.all(both)
  expect(order).toEqual(['forgotten', 'restored'])
})

test('a keychain that is unlocked later is asked again after a while', async () => {
  const secrets = new MemorySecretStore()
  const first = await run(secrets, 'a')
  await first.readTenants('a', ['contoso'])
  await first.rows.flush()

  let isLocked = true
  const later: (() => void)[] = []
  const lockable: SecretStore = {
    get: (account) =>
      isLocked ? Promise.reject(new FleetError({ code: 'keychain', message: 'Locked' })) : secrets.get(account),
    set: (account, secret) => secrets.set(account, secret),
    delete: (account) => secrets.delete(account),
  }
  const fleet = new Fleet('a')
  const { rows, reader } = fleet
  const after = (_: number, again: () => void): void => void later.push(again)
  const stored = new StoredRows({ folder, secrets: lockable, rows, reader, accounts: () => fleet.accounts(), after })
  const found = async (): Promise<number> => (await rows.search('contoso', 10, Date.now())).hits.length
  await stored.restore()
  isLocked = false
  await stored.restore()
  expect(await found()).toBe(0)
  for (const again of later) again()
  await stored.restore()
  expect(await found()).toBe(1)
})
