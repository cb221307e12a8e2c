import { afterEach, expect, it } from 'vitest'
import { listRecords } from '@main/portsip/records'
import type { ServerResult } from '@main/servers/servers'
import { ipRule } from '@shared/resources/ip-rule'
import { Harness } from '../session/harness'

const harness = new Harness()
afterEach(() => harness.close())

it('runs on many servers: a failure has its reason and stops no other server', async () => {
  const [first, second] = [await harness.add({ rules: 3 }), await harness.add({ rules: 5 })]
  await harness.signIn(first.id, first.pbx)
  const results: ServerResult<number>[] = []
  const count = async (id: string) =>
    (await listRecords(harness.servers.reader(id), ipRule, { offset: 0, limit: 1 })).count
  const all = await harness.servers.forEach([second.id, 'unknown', first.id], count, {
    onResult: (result) => results.push(result),
  })
  expect(all).toMatchObject([
    { serverId: second.id, ok: false, error: { code: 'signed-out' } },
    { serverId: 'unknown', ok: false },
    { serverId: first.id, ok: true, value: 3 },
  ])
  expect(new Set(results)).toEqual(new Set(all))
})

it('runs on eight at a time; servers that have not begun when it is canceled are canceled', async () => {
  const ids = Array.from({ length: 20 }, (_, at) => `server ${at}`)
  const abort = new AbortController()
  let release = (): void => undefined
  const eight = new Promise<void>((resolve) => (release = resolve))
  const begun: string[] = []
  const done = harness.servers.forEach(
    ids,
    async (id) => {
      begun.push(id)
      if (begun.length === 8) release()
      await eight
      abort.abort()
      return id
    },
    { signal: abort.signal },
  )
  const results = await done
  expect(begun).toEqual(ids.slice(0, 8))
  expect(results.map((result) => (result.ok ? 'done' : result.error.code))).toEqual([
    ...ids.slice(0, 8).map(() => 'done'),
    ...ids.slice(8).map(() => 'cancelled'),
  ])
})
