import { afterEach, describe, expect, it } from 'vitest'
import type { RecordValues } from '@shared/domain/record'
import type { ServerRecord } from '@shared/domain/server'
import { confirmed, overridden, received, refusal, startRules, type StartedRules } from './practice'

let rules: StartedRules
afterEach(() => rules.close())
const start = async (record: Partial<ServerRecord> = {}) => {
  rules = await startRules({}, record)
  return rules
}

const input: RecordValues = { cidr: '41.202.7.9/16', target: 'DENY', expire_at: null, description: 'Scanner' }
const create = (change: RecordValues = {}, confirmation = confirmed) =>
  rules.service.create({ ...rules.at, values: { ...input, ...change }, confirmation })
const update = (id: string, before: RecordValues, changes: RecordValues, confirmation = confirmed) =>
  rules.service.update({ ...rules.at, id, before, changes, confirmation })
const posts = () => received(rules.pbx, 'POST', /^\/ip_filters/)

describe('creating', () => {
  it('sends the canonical range, reads the rule back and compares', async () => {
    await start()
    const end = '2031-01-01T10:00:00Z'
    const { after, differences } = await create({ expire_at: end })
    expect(differences).toEqual([])
    expect(after).toMatchObject({ cidr: '41.202.0.0/16', target: 'DENY', expire_at: end, description: 'Scanner' })
    expect(rules.pbx.rules().map((rule) => rule.id)).toEqual([after['id']])
  })

  it.each([
    ['ask', { ...confirmed, acknowledged: false }, 'confirmation-required'],
    ['type-name', confirmed, 'confirmation-required'],
    ['read-only', { ...overridden, typedName: 'Kunde A' }, 'read-only'],
  ] as const)('is refused in main by the level %s before anything is sent', async (protection, confirmation, code) => {
    await start({ protection })
    expect((await refusal(create({}, confirmation))).code).toBe(code)
    expect(posts()).toEqual([])
  })

  it('that would lock this computer out needs the typed word', async () => {
    await start()
    const refused = await refusal(create({ cidr: '10.0.0.0/8' }))
    expect(refused.code).toBe('guarded')
    expect(refused.message).toContain('10.9.9.9')
    expect((await refusal(create({ cidr: '10.0.0.0/8' }, { ...confirmed, override: 'override' }))).code).toBe('guarded')
    expect(posts()).toEqual([])
    expect((await create({ cidr: '10.0.0.0/8' }, overridden)).after['cidr']).toBe('10.0.0.0/8')
  })

  it('whose answer is lost is not sent again: the state is read, and the rule found', async () => {
    await start()
    await rules.pbx.setFaults({ dropMidBody: true, onlyPath: 'POST /ip_filters', times: 1 })
    expect((await create()).after['cidr']).toBe('41.202.0.0/16')
    expect(posts()).toHaveLength(1)
    expect(rules.pbx.rules()).toHaveLength(1)
  })

  it('that had no effect is not sent again either, and an equal older rule is not mistaken for it', async () => {
    await start()
    rules.pbx.addRule({ cidr: '41.202.0.0/16', target: 'DENY', description: 'Scanner' })
    await rules.pbx.setFaults({ status: 500, dropAfterReceive: true, onlyPath: 'POST /ip_filters', times: 1 })
    const refused = await refusal(create())
    expect(refused.code).toBe('unknown-outcome')
    expect(refused.message).toContain('No new rule like this')
    expect(posts()).toHaveLength(1)
    expect(rules.pbx.rules()).toHaveLength(1)
  })
})

describe('changing', () => {
  it('sends only what changed', async () => {
    await start()
    const { after } = await create()
    const before = { ...input, cidr: '41.202.0.0/16' }
    const end = '2032-05-05T05:05:00Z'
    const changed = await update(String(after['id']), before, { description: 'Botnet', expire_at: end })
    expect(changed.differences).toEqual([])
    expect(posts().at(-1)?.body).toEqual({ description: 'Botnet', expire_at: end })
    const open = await update(
      String(after['id']),
      { ...before, description: 'Botnet', expire_at: end },
      { expire_at: null },
    )
    expect(open.after['expire_at'] ?? null).toBeNull()
  })

  it('that meets somebody else’s change is a conflict with each field, and sends nothing', async () => {
    await start()
    const { after } = await create()
    const stale = { ...input, cidr: '41.202.0.0/16', description: 'as it was' }
    const refused = await refusal(update(String(after['id']), stale, { description: 'mine' }))
    expect(refused.code).toBe('conflict')
    expect(refused.fields).toEqual([{ path: 'description', message: 'Now on the server: Scanner' }])
    expect(posts()).toHaveLength(1)
  })

  it('that shrinks an ACCEPT needs the typed word; a new description does not', async () => {
    await start()
    const { id } = rules.pbx.addRule({ cidr: '198.51.100.0/24', target: 'ACCEPT', description: 'SBC' })
    const before: RecordValues = { cidr: '198.51.100.0/24', target: 'ACCEPT', expire_at: null, description: 'SBC' }
    expect((await refusal(update(id, before, { cidr: '198.51.100.0/25' }))).code).toBe('guarded')
    expect((await refusal(update(id, before, { expire_at: '2030-01-01T00:00:00Z' }))).code).toBe('guarded')
    expect((await update(id, before, { description: 'SBC Frankfurt' })).after['description']).toBe('SBC Frankfurt')
  })

  it('of a rule that is gone says so', async () => {
    await start()
    expect((await refusal(update('bm9uZQ', input, { description: 'x' }))).code).toBe('not-found')
  })

  it('whose answer is lost is settled by reading the rule', async () => {
    await start()
    const { after } = await create()
    await rules.pbx.setFaults({ dropMidBody: true, onlyPath: `POST /ip_filters/${String(after['id'])}`, times: 1 })
    const changed = await update(String(after['id']), { ...input, cidr: '41.202.0.0/16' }, { description: 'Botnet' })
    expect(changed.after['description']).toBe('Botnet')
    expect(posts()).toHaveLength(2)
  })

  it('that had no effect says so', async () => {
    await start()
    const { after } = await create()
    await rules.pbx.setFaults({
      status: 500,
      dropAfterReceive: true,
      onlyPath: `POST /ip_filters/${String(after['id'])}`,
      times: 1,
    })
    const refused = await refusal(
      update(String(after['id']), { ...input, cidr: '41.202.0.0/16' }, { description: 'Botnet' }),
    )
    expect(refused).toMatchObject({
      code: 'unknown-outcome',
      message: 'The response was lost. The change is not, or not completely, on the server.',
    })
    expect(rules.pbx.rules()[0]?.description).toBe('Scanner')
  })
})
