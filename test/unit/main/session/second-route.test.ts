import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { Harness } from './harness'

let harness: Harness
beforeEach(() => {
  harness = new Harness()
})
afterEach(() => harness.close())

const [direct, routed] = ['127.0.0.1', '198.51.100.7']

async function start(blocked: readonly string[]) {
  const { pbx, id } = await harness.add({ blockedAddresses: blocked, secondRouteFrom: routed })
  harness.patch(id, { secondAddress: pbx.secondUrl ?? '' })
  const use = (choice: 'first' | 'second') => harness.sessions.useAddress(id, choice)
  return { pbx, id, use, failures: () => harness.sessions.state(id).failures }
}

describe('a PBX that blocks this computer at one address', () => {
  it.each([
    ['first', 'second', direct],
    ['second', 'first', routed],
  ] as const)('(%s) is reached at the %s one, and the block remains known', async (blocked, free, address) => {
    const { pbx, id, use } = await start([address])
    await use(blocked)
    expect(await harness.signIn(id, pbx)).toMatchObject({ phase: 'denied', address: blocked })
    await use(free)
    expect(await harness.signIn(id, pbx)).toMatchObject({ phase: 'signed-in', address: free })
    await harness.sessions.signOut(id)
    await use(blocked)
    const before = pbx.requests.length
    expect(await harness.sessions.connect(id)).toMatchObject({ phase: 'denied', address: blocked })
    expect(pbx.requests).toHaveLength(before)
  })
})

it.each([
  ['first', 'second'],
  ['second', 'first'],
] as const)('failed sign-ins at the %s address do not count at the %s one', async (failed, other) => {
  const { pbx, id, use, failures } = await start([])
  await use(failed)
  for (const password of ['wrong-1', 'wrong-2']) await harness.signIn(id, pbx, { password })
  expect(failures()).toBe(2)
  await use(other)
  expect(failures()).toBe(0)
  expect(await harness.signIn(id, pbx)).toMatchObject({ phase: 'signed-in' })
  await harness.sessions.signOut(id)
  await use(failed)
  expect(failures()).toBe(2)
  expect(await harness.signIn(id, pbx)).toMatchObject({ phase: 'signed-in' })
  expect(failures()).toBe(0)
})
