import { afterEach, describe, expect, it } from 'vitest'
import { confirmed, overridden, received, refusal, startRules, type StartedRules } from './practice'

let rules: StartedRules
afterEach(() => rules.close())
const destroy = (ids: readonly string[], confirmation = confirmed) =>
  rules.service.destroy({ ...rules.at, ids, confirmation })
const deny = (count: number) =>
  Array.from({ length: count }, (_, index) => rules.pbx.addRule({ cidr: `41.0.0.${index}/32`, target: 'DENY' }).id)
const destroyed = () => received(rules.pbx, 'POST', /destroy$/)

describe('deleting', () => {
  it('many goes row by row, and one that is gone is told as such by its range', async () => {
    rules = await startRules()
    const ids = deny(30)
    await rules.service.list({ ...rules.at, query: { offset: 0, limit: 100 } })
    const gone = ids[7] ?? ''
    await rules.service
      .destroy({ ...rules.at, ids: [gone], confirmation: confirmed })
      .then(({ jobId }) => rules.ended(jobId))
    const { jobId } = await destroy([...ids, ...ids])
    const job = await rules.ended(jobId)
    expect(job).toMatchObject({ state: 'done', done: 30, total: 30, title: 'Delete 30 rules on Kunde A' })
    expect(job.failures).toEqual([
      { id: gone, label: '41.0.0.7/32', error: { code: 'not-found', message: 'Was already gone' } },
    ])
    expect(rules.pbx.rules()).toEqual([])
  })

  it('tells the rows that failed and goes on with the others', async () => {
    rules = await startRules()
    const ids = deny(6)
    await rules.pbx.setFaults({ status: 500, onlyPath: 'POST /ip_filters', times: 2 })
    const job = await rules.ended((await destroy(ids)).jobId)
    expect(job.state).toBe('done')
    expect(job.failures.map((item) => item.error?.code)).toEqual(['server-error', 'server-error'])
    expect(rules.pbx.rules()).toHaveLength(2)
  })

  it('stops at Cancel, with the rows under way ended', async () => {
    rules = await startRules()
    const ids = deny(200)
    const { jobId } = await destroy(ids)
    rules.jobs.cancel(jobId)
    const job = await rules.ended(jobId)
    expect(job.state).toBe('cancelled')
    expect(rules.pbx.rules().length).toBeGreaterThan(190)
  })

  it('an ACCEPT rule needs the typed word, also among many', async () => {
    rules = await startRules()
    const accept = rules.pbx.addRule({ cidr: '198.51.100.5/32', target: 'ACCEPT' }).id
    const ids = [...deny(40), accept]
    const [guard] = await rules.service.checkDestroy({ ...rules.at, ids })
    expect(guard).toMatchObject({ kind: 'removes-accept', addresses: ['198.51.100.5/32'] })
    expect((await refusal(destroy([accept]))).code).toBe('guarded')
    expect((await refusal(destroy(ids))).code).toBe('guarded')
    expect(destroyed()).toEqual([])
    expect((await rules.ended((await destroy(ids, overridden)).jobId)).failures).toEqual([])
  })

  it('whose answer is lost is settled by looking whether the rule is gone', async () => {
    rules = await startRules()
    const ids = deny(3)
    await rules.pbx.setFaults({ dropMidBody: true, onlyPath: 'POST /ip_filters', times: 3 })
    const job = await rules.ended((await destroy(ids)).jobId)
    expect(rules.pbx.rules()).toHaveLength(0)
    expect(job.failures).toEqual([])
    expect(destroyed()).toHaveLength(3)
  })

  it.each([
    ['nothing of use', undefined],
    ['a page of HTML', '<html><body>Please sign in</body></html>'],
  ])('that is answered with 200 and %s while the rule stays is not reported as done', async (_, body) => {
    rules = await startRules()
    const [id = ''] = deny(1)
    await rules.pbx.setFaults({
      ignoresWrites: true,
      onlyPath: 'POST /ip_filters',
      ...(body !== undefined && { body }),
    })
    const job = await rules.ended((await destroy([id])).jobId)
    expect(job.failures).toMatchObject([
      {
        id,
        error: { code: 'unknown-outcome', message: 'The server confirmed the change, but the rule is still there.' },
      },
    ])
    expect(destroyed()).toHaveLength(1)
  })

  it('that a gateway answers with 502 is unknown, not failed', async () => {
    rules = await startRules()
    const [id = ''] = deny(1)
    await rules.pbx.setFaults({ status: 502, onlyPath: 'POST /ip_filters' })
    const job = await rules.ended((await destroy([id])).jobId)
    expect(job.failures).toMatchObject([{ id, error: { code: 'unknown-outcome' } }])
    expect(destroyed()).toHaveLength(1)
  })

  it('is refused on a read-only server', async () => {
    rules = await startRules({}, { protection: 'read-only' })
    expect((await refusal(destroy(deny(1), overridden))).code).toBe('read-only')
    expect(destroyed()).toEqual([])
  })
})
