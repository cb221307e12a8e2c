import { afterEach, describe, expect, it } from 'vitest'
import type { RecordValues } from '@shared/domain/record'
import { confirmed, overridden, received, refusal } from '../ip-rules/practice'
import { startTrunks, type StartedTrunks } from './practice'

let on: StartedTrunks
afterEach(() => on.close())
const start = async (...args: Parameters<typeof startTrunks>) => (on = await startTrunks(...args))

/** The last trunk has no tenant: numbers are given out there. */
const lab = (tenant = 0) => ({
  serverId: on.serverId,
  trunkId: on.trunks.at(-1)?.id ?? '',
  tenantId: on.tenants[tenant]?.id ?? '',
})
const assign = (values: RecordValues, tenant = 0, confirmation = confirmed) =>
  on.service.assign({ ...lab(tenant), values, confirmation })
const update = (before: RecordValues, changes: RecordValues, tenant = 0) =>
  on.service.update({ ...lab(tenant), before, changes, confirmation: confirmed })
const posts = () => received(on.pbx, 'POST', /^\/providers/)
const path = () => `/providers/${lab().trunkId}/assignees/${lab().tenantId}`

describe('reading', () => {
  it('resolves ids to names with one walk over the tenants, however many there are', async () => {
    await start({}, { tenants: 230 })
    const { assignments, failed } = await on.service.pools({
      serverId: on.serverId,
      trunkIds: on.trunks.map(({ id }) => id),
    })
    expect(failed).toEqual([])
    expect(assignments.length).toBeGreaterThan(20)
    expect(assignments.every(({ name, domain }) => name !== null && domain !== null)).toBe(true)
    await on.service.assignments({ serverId: on.serverId, trunkId: on.trunks[0]?.id ?? '' })
    expect(received(on.pbx, 'GET', /^\/tenants$/).length).toBeLessThanOrEqual(1 + 4 * 3)
  })

  it('names the fields of an assignment that were not understood, and leaves out one without a tenant', async () => {
    await start()
    const items = [{ tenant_id: 'a', did_numbers: 3000, concurrency: 4 }, { did_numbers: '1' }, { tenant_id: 'b' }]
    const trunkId = lab().trunkId
    await on.pbx.setFaults({ body: JSON.stringify({ items }), onlyPath: `GET /providers/${trunkId}/assignees` })
    const rows = await on.service.assignments({ serverId: on.serverId, trunkId })
    expect(rows.map(({ id, unread, concurrency }) => [id, unread, concurrency])).toEqual([
      ['a', ['did_numbers'], 4],
      ['b', undefined, null],
    ])
  })

  it('names a trunk that cannot be read and goes on with the others', async () => {
    await start()
    const { failed, assignments } = await on.service.pools({
      serverId: on.serverId,
      trunkIds: ['nothing', on.trunks[0]?.id ?? ''],
    })
    expect(failed).toEqual(['nothing'])
    expect(assignments.length).toBeGreaterThan(0)
  })
})

describe('assigning', () => {
  it('sends the values and reads them back', async () => {
    await start()
    const { after, differences } = await assign({ did_numbers: '3000;12000-18000', concurrency: 4 })
    expect(after).toMatchObject({ did_numbers: '3000;12000-18000', concurrency: 4 })
    expect(differences).toEqual([])
  })

  it('does not change an assignment that is there already', async () => {
    await start()
    await assign({ did_numbers: '3000' })
    expect((await refusal(assign({ did_numbers: '4000' }))).message).toBe(
      'This trunk is already assigned to the tenant',
    )
    expect(posts()).toHaveLength(1)
  })

  it.each(['+4930', '004930', '030', '900-1100', '2000-1000', '1000-2000;2000-3000'])(
    'refuses %s before anything is sent',
    async (did_numbers) => {
      await start()
      const refused = await refusal(assign({ did_numbers }))
      expect(refused.code).toBe('rejected')
      expect(refused.fields?.[0]?.path).toBe('did_numbers')
      expect(posts()).toEqual([])
    },
  )

  it('names the tenant and the range that overlap, at end points too; what is overridden the PBX refuses itself', async () => {
    await start()
    await assign({ did_numbers: '1000-2000' })
    const refused = await refusal(assign({ did_numbers: '2000-3000' }, 1))
    expect(refused.code).toBe('guarded')
    expect(refused.message).toContain('2000 is in 1000-2000 of')
    expect(refused.message).toContain(on.tenants[0]?.domain)
    const answered = await refusal(assign({ did_numbers: '2000-3000' }, 1, overridden))
    expect(answered).toMatchObject({ code: 'rejected', fields: [{ path: 'did_numbers' }] })
    expect((await assign({ did_numbers: '2001-3000' }, 1)).differences).toEqual([])
  })

  it('keeps to the protection level', async () => {
    await start({ protection: 'read-only' })
    expect((await refusal(assign({ did_numbers: '3000' }))).code).toBe('read-only')
    expect(posts()).toEqual([])
  })

  it('is found after its response was lost, and is reported as missing if it was not created', async () => {
    await start()
    await on.pbx.setFaults({ dropMidBody: true, onlyPath: `POST ${path()}`, times: 1 })
    expect((await assign({ did_numbers: '3000' })).after).toMatchObject({ did_numbers: '3000' })
    expect(posts()).toHaveLength(1)
    await on.service.unassign({ ...lab(), confirmation: confirmed })
    await on.pbx.setFaults({ status: 500, dropAfterReceive: true, onlyPath: `POST ${path()}`, times: 1 })
    expect(await refusal(assign({ did_numbers: '3000' }))).toMatchObject({
      code: 'unknown-outcome',
      message: 'The response was lost. The tenant does not have the trunk now.',
    })
  })
})

it('taking a trunk away that is answered with success and does not happen is not reported as done', async () => {
  await start()
  await assign({ did_numbers: '3000' })
  await on.pbx.setFaults({ ignoresWrites: true, onlyPath: `POST ${path()}` })
  expect(await refusal(on.service.unassign({ ...lab(), confirmation: confirmed }))).toMatchObject({
    code: 'unknown-outcome',
    message: 'The server confirmed the change, but the tenant still has the trunk.',
  })
})

describe('changing', () => {
  const before = { did_numbers: '1000-1999', concurrency: 4 }

  it('sends both fields, as the same POST makes assignments', async () => {
    await start()
    await assign(before)
    expect((await update(before, { concurrency: 8 })).differences).toEqual([])
    expect(posts().at(-1)?.body).toEqual({ did_numbers: '1000-1999', concurrency: 8 })
  })

  it('sends nothing while a value that goes with it is not understood', async () => {
    await start()
    await assign(before)
    await on.pbx.setFaults({ wrongTypes: true, onlyPath: `GET ${path()}` })
    const refused = await refusal(update({ did_numbers: null, concurrency: null }, { concurrency: 8 }))
    expect(refused).toMatchObject({ code: 'rejected', fields: [{ path: 'did_numbers' }] })
    expect(posts()).toHaveLength(1)
  })

  it('that meets somebody else’s change is a conflict', async () => {
    await start()
    await assign(before)
    const refused = await refusal(update({ ...before, concurrency: 2 }, { concurrency: 8 }))
    expect(refused).toMatchObject({ code: 'conflict', fields: [{ path: 'concurrency' }] })
    expect(posts()).toHaveLength(1)
  })

  it.each([
    ['22.0.21', 3],
    ['22.2.25', 2],
    ['22.6.4', 1],
  ])('on %s names the numbers that go, and what the version does', async (version, count) => {
    await start({ version })
    await assign(before)
    const { warnings } = await on.service.check({ ...lab(), changes: { did_numbers: '1000-1500;1999' } })
    expect(warnings).toHaveLength(count)
    expect(warnings[0]).toContain('1501-1998')
    expect(warnings.join().includes('22.2.23')).toBe(version === '22.0.21')
    expect(warnings.join().includes('22.6.3')).toBe(version !== '22.6.4')
    expect((await on.service.check({ ...lab(), changes: { concurrency: 9 } })).warnings).toEqual([])
  })
})

describe('taking away', () => {
  const take = (confirmation = confirmed, tenant = 0) => on.service.unassign({ ...lab(tenant), confirmation })

  it('before 22.3.23 names the tenants that it could break, and needs the typed word', async () => {
    await start({ version: '22.2.25' })
    await assign({ did_numbers: '1000' })
    await assign({ did_numbers: '2000' }, 1)
    const refused = await refusal(take())
    expect(refused.code).toBe('guarded')
    expect(refused.message).toContain(on.tenants[1]?.domain)
    await take(overridden)
    await take(confirmed, 1)
    expect(await on.service.assignments(lab())).toEqual([])
  })

  it('from 22.3.23 on needs no more than the protection level asks for', async () => {
    await start({ version: '22.6.4' })
    await assign({ did_numbers: '1000' })
    await assign({ did_numbers: '2000' }, 1)
    const { guards, warnings } = await on.service.checkUnassign({ ...lab() })
    expect(guards).toEqual([])
    expect(warnings.join()).toContain('stop in both directions')
    await take()
    expect((await refusal(take())).code).toBe('not-found')
  })

  it('whose answer is lost is settled by reading', async () => {
    await start()
    await assign({ did_numbers: '1000' })
    await on.pbx.setFaults({ status: 500, dropAfterReceive: true, onlyPath: `POST ${path()}/destroy`, times: 1 })
    expect((await refusal(take())).message).toContain('still has the trunk')
    await on.pbx.setFaults({ dropMidBody: true, onlyPath: `POST ${path()}/destroy`, times: 1 })
    await take()
    expect(await on.service.assignments(lab())).toEqual([])
  })
})
