import { describe, expect, test } from 'vitest'
import { Fleet, settled, startAt, timeout } from './fleet'

const at = (ms = 0): string => new Date(startAt + ms).toISOString()
const hundred = Array.from({ length: 100 }, (_, index) => String(index))

async function open(fleet: Fleet): Promise<void> {
  await fleet.rows.open('view', 'tenants')
}

test('two readings of a list are one', async () => {
  const fleet = new Fleet('a')
  const first = fleet.reader.read('a', 'tenants')
  expect(fleet.reader.read('a', 'tenants')).toBe(first)
  expect(fleet.reader.state('a', 'tenants')).toEqual({ phase: 'waiting', rows: 0 })
  expect(await fleet.waiting()).toEqual(['a/tenants'])
  await (await fleet.request('a')).answer(['1'])
  await first
  expect(fleet.reader.state('a', 'tenants')).toEqual({ phase: 'read', rows: 1, readAt: at() })
})

test('the rows of a first reading are counted and shown while they arrive', async () => {
  const fleet = new Fleet('a')
  await open(fleet)
  void fleet.reader.read('a', 'tenants')
  const first = await fleet.request('a')
  expect(fleet.reader.state('a', 'tenants')).toEqual({ phase: 'reading', rows: 0 })
  await first.answer(hundred, 101)
  expect(fleet.reader.state('a', 'tenants')).toEqual({ phase: 'reading', rows: 100, readAt: at() })
  expect(await fleet.shown('view', 'a')).toBe(hundred.join(' '))
  await (await fleet.request('a')).answer(['last'], 101)
  expect(fleet.reader.state('a', 'tenants')).toMatchObject({ phase: 'read', rows: 101 })
})

test('a later reading keeps the rows and their age until it is complete, and if it fails', async () => {
  const fleet = new Fleet('a')
  await open(fleet)
  void fleet.reader.read('a', 'tenants')
  await (await fleet.request('a')).answer(['1', '2'])
  fleet.timing.advance(60_000)
  void fleet.reader.read('a', 'tenants')
  await (await fleet.request('a')).answer(hundred, 101)
  expect(fleet.reader.state('a', 'tenants')).toEqual({ phase: 'reading', rows: 2, readAt: at() })
  await (await fleet.request('a')).fail()
  expect(fleet.reader.state('a', 'tenants')).toEqual({ phase: 'failed', rows: 2, readAt: at(), error: timeout })
  expect(await fleet.shown('view', 'a')).toBe('1 2')
  void fleet.reader.read('a', 'tenants')
  await (await fleet.request('a')).answer(['3'])
  expect(fleet.reader.state('a', 'tenants')).toEqual({ phase: 'read', rows: 1, readAt: at(60_000) })
  expect(await fleet.shown('view', 'a', 1)).toBe('3')
})

test('a first reading that fails keeps what arrived; if nothing arrived, nothing was read', async () => {
  const fleet = new Fleet('a', 'b')
  void fleet.reader.read('a', 'tenants')
  await (await fleet.request('a')).answer(hundred, 101)
  await (await fleet.request('a')).fail()
  expect(fleet.reader.state('a', 'tenants')).toEqual({
    phase: 'failed',
    rows: 100,
    readAt: at(),
    isPartial: true,
    error: timeout,
  })
  void fleet.reader.read('b', 'tenants')
  await (await fleet.request('b')).fail()
  expect(fleet.reader.state('b', 'tenants')).toEqual({ phase: 'failed', rows: 0, error: timeout })
})

test('a list of which the PBX counts more rows is incomplete', async () => {
  const fleet = new Fleet('a')
  void fleet.reader.read('a', 'transports')
  await (await fleet.request('a', '/transports')).answer(['1'], 3)
  while ((await fleet.waiting()).length > 0) await (await fleet.request('a', '/transports')).answer([], 3)
  expect(fleet.reader.state('a', 'transports')).toMatchObject({
    phase: 'incomplete',
    rows: 1,
    readAt: at(),
    error: { code: 'bad-reply' },
  })
})

test('a server that signed out meanwhile has failed', async () => {
  const fleet = new Fleet('a')
  fleet.set('a', { phase: 'signed-out' })
  await fleet.reader.read('a', 'tenants')
  expect(fleet.reader.state('a', 'tenants')).toMatchObject({ phase: 'failed', rows: 0, error: { code: 'signed-out' } })
})

describe('forgotten while it is read', () => {
  test('a server does not come back', async () => {
    const fleet = new Fleet('a')
    await open(fleet)
    const done = fleet.reader.read('a', 'tenants')
    await (await fleet.request('a')).answer(hundred, 101)
    await fleet.reader.forget(['a'])
    await done
    expect(fleet.reader.state('a', 'tenants')).toBeUndefined()
    expect(await fleet.shown('view', 'a')).toBe('')
    expect(await fleet.waiting()).toEqual([])
  })

  test('and read again immediately, it has only the new rows', async () => {
    const fleet = new Fleet('a')
    await open(fleet)
    const old = fleet.reader.read('a', 'tenants')
    const oldRequest = await fleet.request('a')
    await fleet.reader.forget(['a'])
    const done = fleet.reader.read('a', 'tenants')
    await oldRequest.answer(['old'])
    await old
    await (await fleet.request('a')).answer(['new'])
    await done
    expect(fleet.reader.state('a', 'tenants')).toMatchObject({ phase: 'read', rows: 1 })
    expect(await fleet.shown('view', 'a')).toBe('new')
  })

  test('other servers stay', async () => {
    const fleet = new Fleet('a', 'b')
    void fleet.reader.read('b', 'tenants')
    await (await fleet.request('b')).answer(['1'])
    await fleet.reader.forget(['a'])
    expect(fleet.reader.state('b', 'tenants')).toMatchObject({ phase: 'read', rows: 1 })
  })
})

describe('stopped', () => {
  test('a first reading is one that failed, and the next one can begin immediately', async () => {
    const fleet = new Fleet('a')
    await open(fleet)
    const old = fleet.reader.read('a', 'tenants')
    await fleet.request('a')
    fleet.reader.cancel('a', 'tenants')
    expect(fleet.reader.state('a', 'tenants')).toMatchObject({ phase: 'failed', error: { code: 'cancelled' } })
    const done = fleet.reader.read('a', 'tenants')
    await old
    expect(fleet.reader.state('a', 'tenants')).toMatchObject({ phase: 'reading' })
    await (await fleet.request('a')).answer(['1'])
    await done
    expect(await fleet.shown('view', 'a')).toBe('1')
  })

  test('a later reading leaves what was read as it was', async () => {
    const fleet = new Fleet('a')
    void fleet.reader.read('a', 'tenants')
    await (await fleet.request('a')).answer(['1'])
    const before = fleet.reader.state('a', 'tenants')
    fleet.timing.advance(1000)
    const done = fleet.reader.read('a', 'tenants')
    await fleet.request('a')
    fleet.reader.cancel('a', 'tenants')
    await done
    expect(fleet.reader.state('a', 'tenants')).toEqual(before)
  })

  test('it goes on if somebody else waits for it', async () => {
    const fleet = new Fleet('a')
    void fleet.reader.read('a', 'tenants')
    void fleet.reader.read('a', 'tenants', { isKept: true })
    const request = await fleet.request('a')
    fleet.reader.cancel('a', 'tenants')
    await request.answer(['1'])
    expect(fleet.reader.state('a', 'tenants')).toMatchObject({ phase: 'read', rows: 1 })
  })
})

describe('a list that this app has changed', () => {
  test('is read again if it was read', async () => {
    const fleet = new Fleet('a')
    await fleet.reader.readChanged('a', 'tenants')
    expect(await fleet.waiting()).toEqual([])
    void fleet.reader.read('a', 'tenants')
    await (await fleet.request('a')).answer(['1'])
    void fleet.reader.readChanged('a', 'tenants')
    await (await fleet.request('a')).answer(['1', '2'])
    expect(fleet.reader.state('a', 'tenants')).toMatchObject({ phase: 'read', rows: 2 })
  })

  test('is read after a running reading, which may have missed the change, and only once', async () => {
    const fleet = new Fleet('a')
    void fleet.reader.read('a', 'tenants')
    const running = await fleet.request('a')
    void fleet.reader.readChanged('a', 'tenants')
    void fleet.reader.readChanged('a', 'tenants')
    expect(await fleet.waiting()).toEqual([])
    await running.answer(['1'])
    await (await fleet.request('a')).answer(['1', '2'])
    await settled()
    expect(fleet.reader.state('a', 'tenants')).toMatchObject({ phase: 'read', rows: 2 })
    expect(await fleet.waiting()).toEqual([])
  })
})

test('after the thread ended nothing is known, and running readings change nothing', async () => {
  const fleet = new Fleet('a', 'b')
  void fleet.reader.read('a', 'tenants')
  await (await fleet.request('a')).answer(['1'])
  const done = fleet.reader.read('b', 'tenants')
  await fleet.request('b')
  fleet.reader.clear()
  await done
  expect([fleet.reader.state('a', 'tenants'), fleet.reader.state('b', 'tenants')]).toEqual([undefined, undefined])
})
