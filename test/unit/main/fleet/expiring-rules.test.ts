import { afterEach, expect, it } from 'vitest'
import type { IpRule } from '@shared/domain/ip-rule'
import type { PracticeFaults } from '@shared/domain/practice'
import { keptRules } from '@shared/fleet/facts'
import type { PbxReader } from '@main/portsip/pbx-client'
import { readExpiringRules } from '@main/services/fleet/expiring-rules'
import { Harness, sentTo } from '../session/harness'

const harness = new Harness()
afterEach(() => harness.close())

const dayMs = 24 * 60 * 60_000
const now = Date.parse('2026-11-27T12:00:00.250Z')
/** A time as the PBX stores it, with whole seconds. */
const inDays = (days: number): string => `${new Date(now + days * dayMs).toISOString().slice(0, 19)}Z`

async function signedIn() {
  const { pbx, id } = await harness.add({ rules: 0 })
  for (const { id: rule } of [...pbx.rules()]) pbx.removeRule(rule)
  await harness.signIn(id, pbx)
  const reader = harness.sessions.reader(id)
  const add = (cidr: string, days: number | null, target: IpRule['target'] = 'ACCEPT') =>
    pbx.addRule({ cidr, target, expire_at: days === null ? null : inDays(days) })
  return { pbx, reader, add, read: (client: PbxReader = reader) => readExpiringRules(client, now) }
}

it('are the allow rules that expire within 30 days, soonest first, with one request', async () => {
  const { pbx, add, read } = await signedIn()
  add('10.0.0.4/32', 29.9)
  add('10.0.0.1/32', 0.1)
  add('10.0.0.3/32', 12)
  add('10.0.0.2/32', 5)
  add('10.1.0.1/32', 5, 'DENY')
  add('10.1.0.2/32', -1)
  add('10.1.0.3/32', 31)
  add('10.1.0.4/32', null)
  const before = pbx.requests.length
  expect(await read()).toEqual({
    readAt: new Date(now).toISOString(),
    count: 4,
    soonest: [
      { cidr: '10.0.0.1/32', expiresAt: inDays(0.1) },
      { cidr: '10.0.0.2/32', expiresAt: inDays(5) },
      { cidr: '10.0.0.3/32', expiresAt: inDays(12) },
      { cidr: '10.0.0.4/32', expiresAt: inDays(29.9) },
    ],
  })
  expect(sentTo(pbx).slice(before)).toEqual(['GET /ip_filters 200'])
})

it('are counted beyond those that are kept and beyond one page', async () => {
  const { add, read } = await signedIn()
  for (let at = 0; at < 130; at++) add(`10.0.${Math.floor(at / 100)}.${at % 100}/32`, 1 + ((at * 7) % 130) / 10)
  const { count, soonest, problem } = await read()
  expect([count, soonest.length, problem]).toEqual([130, keptRules, undefined])
  const times = soonest.map(({ expiresAt }) => expiresAt)
  expect(times).toEqual(Array.from({ length: keptRules }, (_, at) => inDays(1 + at / 10)))
})

it('none is an answer, and no problem', async () => {
  const { add, read } = await signedIn()
  add('10.0.0.1/32', null)
  expect(await read()).toEqual({ readAt: new Date(now).toISOString(), count: 0, soonest: [] })
})

const failures: readonly (readonly [what: string, faults: Partial<PracticeFaults>])[] = [
  ['refuses the filter', { status: 400 }],
  ['does not allow it', { status: 403 }],
  ['fails', { status: 500 }],
  ['returns no JSON', { brokenJson: true }],
  ['is gone', { refuseConnections: true }],
]
it.each(failures)('a server that %s is a problem of this fact', async (_, faults) => {
  const { pbx, add, read } = await signedIn()
  add('10.0.0.1/32', 5)
  await pbx.setFaults({ ...faults, onlyPath: '/ip_filters' })
  const result = await read()
  expect(result).toEqual({
    readAt: new Date(now).toISOString(),
    count: 0,
    soonest: [],
    problem: expect.any(String) as string,
  })
  expect(result.problem).not.toBe('')
})

/** The same PBX, were it one that ignores these parameters. */
const ignoring = (reader: PbxReader, ...keys: readonly string[]): PbxReader => ({
  ...reader,
  get: (request) =>
    reader.get({
      ...request,
      query: Object.fromEntries(Object.entries(request.query ?? {}).filter(([key]) => !keys.includes(key))),
    }),
})

it.each([
  ['another target', 5, 'DENY'],
  ['no end', null, 'ACCEPT'],
  ['an end in the past', -1, 'ACCEPT'],
  ['an end that is far away', 300, 'ACCEPT'],
] as const)('a rule with %s shows that the filter was ignored: nothing is known', async (_, days, target) => {
  const { reader, add, read } = await signedIn()
  add('10.0.0.1/32', 5)
  add('10.0.0.2/32', days, target)
  expect((await read()).count).toBe(1)
  expect(await read(ignoring(reader, 'filter'))).toMatchObject({
    count: 0,
    soonest: [],
    problem: 'The server did not filter its IP rules by expiration',
  })
})

it('are in order also from a server that does not sort', async () => {
  const { reader, add, read } = await signedIn()
  for (const days of [9, 3, 6]) add(`10.0.0.${days}/32`, days)
  const { soonest } = await read(ignoring(reader, 'orderby'))
  expect(soonest.map(({ expiresAt }) => expiresAt)).toEqual([inDays(3), inDays(6), inDays(9)])
})

it('are not known if there are more than one page and they are not sorted', async () => {
  const { reader, add, read } = await signedIn()
  for (let at = 0; at < 130; at++) add(`10.0.${Math.floor(at / 100)}.${at % 100}/32`, 14 - at / 10)
  expect(await read(ignoring(reader, 'orderby'))).toMatchObject({
    soonest: [],
    problem: 'The server did not sort its IP rules by expiration',
  })
})
