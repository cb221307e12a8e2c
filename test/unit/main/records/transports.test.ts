import { afterEach, expect, test } from 'vitest'
import { confirmed, received, refusal } from '../ip-rules/practice'
import { startRecords, type StartedRecords } from './practice'

let fleet: StartedRecords
afterEach(() => fleet.close())

const at = () => ({ serverId: fleet.serverId, resource: 'transports' }) as const
const incomplete = expect.objectContaining({
  kind: 'incomplete-check',
  message: expect.stringMatching(
    /^The safety check could not be completed\. GET \/transports returned \d+ of \d+ rows/,
  ) as string,
}) as unknown

/** A PBX that counts all its transports and leaves out the one at this place. */
async function start(hiddenRow: number) {
  fleet = await startRecords()
  const { items } = await fleet.records.list({ ...at(), query: { offset: 0, limit: 100 } })
  await fleet.pbx.setFaults({ hiddenRow, onlyPath: 'GET /transports' })
  return items
}

test.each([0, 1])(
  'a port is not called free while transport %i is left out of the list; nothing is sent',
  async (hidden) => {
    const port = (await start(hidden))[hidden]?.['port'] as number
    const { guards } = await fleet.records.check({ ...at(), changes: { protocol: 'TCP', port } })
    expect(guards).toContainEqual(incomplete)
    const creating = fleet.records.create({ ...at(), values: { protocol: 'TCP', port }, confirmation: confirmed })
    expect((await refusal(creating)).code).toBe('guarded')
    expect(received(fleet.pbx, 'POST', /^\/transports/)).toEqual([])
  },
)

test('all transports of an incomplete list are not deleted as if another one remained or none did', async () => {
  const ids = (await start(0)).slice(1).map(({ id }) => String(id))
  expect(await fleet.records.checkDestroy({ ...at(), ids })).toEqual([incomplete])
})

test('the last transport is named as such in a complete list', async () => {
  const ids = (await start(99)).map(({ id }) => String(id))
  expect(await fleet.records.checkDestroy({ ...at(), ids })).toMatchObject([{ kind: 'last-transport' }])
})
