import { afterEach, describe, expect, test } from 'vitest'
import { overrideWord } from '@shared/domain/write'
import { confirmed, ImportsHarness } from './harness'

let harness: ImportsHarness
afterEach(() => harness.close())

const csv = (...rows: readonly string[]): string => ['cidr,target,expire_at,description', ...rows].join('\n')

describe('the dry run of IP rules', () => {
  test('tells what is new, there, there with other values, wrong and twice in the file, and sends nothing', async () => {
    harness = await ImportsHarness.start()
    harness.pbx.addRule({ cidr: '198.51.100.0/24', target: 'DENY', description: 'Scanner' })
    harness.pbx.addRule({ cidr: '198.51.101.0/24', target: 'DENY', description: 'Scanner' })
    const { file, plan } = await harness.plan(
      csv(
        '45.10.20.7/24,deny,2027-01-31T19:00:00+01:00,New',
        '198.51.100.0/24,DENY,,Scanner',
        '198.51.101.0/24,DENY,2030-01-01T00:00:00Z,Other words',
        '10.0.0.0/99,Deny,,',
        '192.0.2.1,BLOCK,2027-02-31T18:00:00Z,',
        ',ACCEPT,,',
        '45.10.20.0/24,DENY,2027-01-31T18:00:00Z,New',
        '45.10.20.0/24,DENY,,Another',
        `192.0.2.9,ACCEPT,,${'x'.repeat(256)}`,
      ),
    )
    expect(file).toMatchObject({ rows: 9, mapping: ['cidr', 'target', 'expire_at', 'description'] })
    expect(harness.said(file.importId)).toEqual([
      '2 create: 45.10.20.7/24 in the file',
      '3 skip: Already on the server',
      '4 conflict: On the server with other values. Ends: Never, Description: Scanner',
      '5 wrong: Column cidr: The prefix length is at most 32 (found “10.0.0.0/99”)',
      '6 wrong: Column target: Expected one of DENY, ACCEPT (found “BLOCK”). Column expire_at: Expected a time with its zone: 2027-01-31T18:00:00Z (found “2027-02-31T18:00:00Z”)',
      '7 wrong: Column cidr: Address range is needed',
      '8 skip: The same as row 2',
      expect.stringMatching(
        /^9 conflict: Row 2 is the same rule with other values\. Ends: .*2027.*, Description: New$/,
      ),
      expect.stringMatching(/^10 wrong: Column description: At most 255 characters; these are 256 \(found “x{60}…”\)$/),
    ])
    expect(plan).toMatchObject({ stage: 'plan', counts: { create: 1, skip: 2, conflict: 2, wrong: 4 }, guards: [] })
    expect(harness.sent()).toEqual([])
    expect(harness.rows(file.importId)[0]).toMatchObject({
      cidr: '45.10.20.0/24',
      target: 'DENY',
      expire_at: '2027-01-31T18:00:00Z',
    })
  })

  test('guards this computer, the PBX and what is accepted, there or in the file', async () => {
    harness = await ImportsHarness.start()
    harness.pbx.addRule({ cidr: '198.51.100.64/28', target: 'ACCEPT', description: 'Office' })
    const { file, plan } = await harness.plan(
      csv(
        '10.9.0.0/16,DENY,,',
        '198.51.100.0/24,DENY,,',
        '2a0c:77::/32,DENY,,',
        '2a0c:77:7::/48,ACCEPT,,',
        '10.9.9.9,DENY,2001-01-01T00:00:00Z,Ended long ago',
        '45.10.20.5,DENY,,',
      ),
    )
    expect(plan.guards.map(({ kind }) => kind)).toEqual(['own-address', 'accepted-address'])
    expect(plan.guards[0]?.message).toBe(
      'Row 2 would deny this computer’s own address (10.9.9.9): it could not reach the PBX any more.',
    )
    expect(plan.guards[1]).toMatchObject({ addresses: ['198.51.100.64/28', '2a0c:77:7::/48'] })
    expect(harness.said(file.importId)).toEqual([
      '2 create: It contains this computer’s own address',
      '3 create: It overlaps what an ACCEPT rule protects',
      '4 create: It overlaps what an ACCEPT rule protects',
      '5 create',
      '6 create: 10.9.9.9 in the file',
      '7 create: 45.10.20.5 in the file',
    ])
    await expect(harness.apply(file.importId)).rejects.toMatchObject({ detail: { code: 'guarded' } })
    expect(harness.sent()).toEqual([])
    expect(await harness.apply(file.importId, { ...confirmed, override: overrideWord })).toMatchObject({ done: 6 })
    expect(harness.pbx.rules()).toHaveLength(7)
  })

  test('takes the PBX’s own file', async () => {
    harness = await ImportsHarness.start({ rules: 30 })
    const native = ['id,cidr,target,expire_at,description']
    for (const { cidr, target, expire_at, description } of harness.pbx.rules())
      native.push(
        `123456789012345678,${cidr},${target},${expire_at ?? ''},"${(description ?? '').replaceAll('"', '""')}"`,
      )
    const { plan, file } = await harness.plan(native.join('\r\n'))
    expect(file.mapping[0]).toBeNull()
    expect(plan.counts).toMatchObject({ create: 0, wrong: 0, conflict: 0 })
  })

  test('refuses columns that do not fit', async () => {
    harness = await ImportsHarness.start()
    const path = await harness.file('Address range;Note;Action\n10.0.0.1;x;Deny\n')
    const { importId, mapping } = await harness.imports.read(harness.serverId, 'ip-rules', path)
    expect(mapping).toEqual(['cidr', null, 'target'])
    const map = (given: readonly (string | null)[]) => harness.imports.map({ importId, mapping: given })
    await expect(map(['cidr', null, null])).rejects.toThrow('No column is set to Action')
    await expect(map(['cidr', 'cidr', 'target'])).rejects.toThrow('Two columns are set to cidr')
    await expect(map(['cidr', 'target'])).rejects.toThrow('Each column')
    await expect(map(['cidr', 'id', 'target'])).rejects.toThrow('id is no field')
    expect(() => harness.imports.get({ importId })).toThrow('not set yet')
    expect(await map(['cidr', 'description', 'target'])).toMatchObject({ counts: { create: 1 } })
  })
})

describe('sending IP rules', () => {
  test('sends what is new once, reads the list back and tells each row', async () => {
    harness = await ImportsHarness.start({}, { protection: 'type-name' })
    harness.pbx.addRule({ cidr: '198.51.100.0/24', target: 'DENY', description: '' })
    const { file } = await harness.plan(
      csv('45.10.20.0/24,DENY,2027-01-31T18:00:00Z,"=1+1"', '198.51.100.0/24,DENY,,', 'x,DENY,,', '192.0.2.1,ACCEPT,,'),
    )
    const { importId } = file
    await expect(harness.apply(importId)).rejects.toMatchObject({ detail: { code: 'confirmation-required' } })
    const job = await harness.apply(importId, { ...confirmed, typedName: 'Kunde A' })
    expect(job).toMatchObject({ kind: 'import', state: 'done', done: 2, total: 2, failures: [] })
    expect(harness.sent()).toHaveLength(2)
    expect(harness.sent()).toContainEqual({
      cidr: '45.10.20.0/24',
      target: 'DENY',
      expire_at: '2027-01-31T18:00:00Z',
      description: '=1+1',
    })
    expect(harness.imports.get({ importId })).toMatchObject({
      stage: 'result',
      counts: { created: 2, skip: 1, wrong: 1 },
    })
    await expect(harness.apply(importId, { ...confirmed, typedName: 'Kunde A' })).rejects.toThrow('no plan')
    expect(harness.sent()).toHaveLength(2)
  })

  test('a row that fails is told and can be sent again by hand', async () => {
    harness = await ImportsHarness.start()
    const { file } = await harness.plan(csv(...Array.from({ length: 6 }, (_, at) => `192.0.2.${at},DENY,,`)))
    await harness.pbx.setFaults({ status: 500, onlyPath: 'POST /ip_filters', times: 1 })
    const job = await harness.apply(file.importId)
    expect(job.failures).toHaveLength(1)
    const failed = harness.rows(file.importId).filter(({ state }) => state === 'failed')
    expect(failed).toHaveLength(1)
    const retry = await harness.imports.retry({ importId: file.importId })
    expect(retry).toMatchObject({ stage: 'plan', counts: { create: 1, created: 0 } })
    expect(await harness.apply(file.importId)).toMatchObject({ done: 1, failures: [] })
    expect(harness.imports.get({ importId: file.importId }).counts).toMatchObject({ created: 6, failed: 0 })
    expect(harness.pbx.rules()).toHaveLength(6)
    await expect(async () => harness.imports.retry({ importId: file.importId })).rejects.toThrow('No row failed')
  })

  test('a lost answer is looked up and never sent again', async () => {
    harness = await ImportsHarness.start()
    const { file } = await harness.plan(csv('192.0.2.1,DENY,,a', '192.0.2.2,DENY,,b'))
    await harness.pbx.setFaults({ dropAfterReceive: true, onlyPath: 'POST /ip_filters', times: 1 })
    const job = await harness.apply(file.importId)
    expect(job).toMatchObject({ state: 'done', done: 2 })
    expect(harness.sent()).toHaveLength(2)
    const counts = harness.imports.get({ importId: file.importId }).counts
    // Whether the server did it before the answer was lost is what the list says.
    expect(counts.created).toBe(harness.pbx.rules().length)
    expect(counts.created + counts.failed).toBe(2)
    for (const { reason } of harness.rows(file.importId).filter(({ state }) => state === 'failed'))
      expect(reason).toContain('no rule like this is on the server now')
  })

  test('Cancel lets those under way end and starts no other', async () => {
    harness = await ImportsHarness.start()
    const { file } = await harness.plan(csv(...Array.from({ length: 200 }, (_, at) => `192.0.2.${at},DENY,,`)))
    const job = await harness.apply(file.importId, confirmed, ({ id, state, done }) => {
      if (state === 'running' && done > 0)
        void Promise.resolve()
          .then(() => harness.jobs.cancel(id))
          .catch(() => undefined)
    })
    expect(job.state).toBe('cancelled')
    const { counts } = harness.imports.get({ importId: file.importId })
    expect(counts.created).toBe(harness.pbx.rules().length)
    expect(counts.unsent).toBe(200 - counts.created)
    expect(counts.unsent).toBeGreaterThan(0)
    expect(await harness.imports.retry({ importId: file.importId })).toMatchObject({
      counts: { create: counts.unsent },
    })
  })

  test('an end of the session ends the import', async () => {
    harness = await ImportsHarness.start()
    const { file } = await harness.plan(csv(...Array.from({ length: 20 }, (_, at) => `192.0.2.${at},DENY,,`)))
    await harness.pbx.setFaults({ status: 403, onlyPath: 'POST /ip_filters' })
    const job = await harness.apply(file.importId)
    expect(job.failures.length).toBeGreaterThan(0)
    expect(harness.pbx.rules()).toEqual([])
  })

  test('a plan that is over a minute old is made again before it is sent', async () => {
    harness = await ImportsHarness.start()
    const { file } = await harness.plan(csv('192.0.2.1,DENY,,', '192.0.2.2,DENY,,'))
    harness.pbx.addRule({ cidr: '192.0.2.1/32', target: 'DENY', description: '' })
    harness.now += 61_000
    expect(await harness.apply(file.importId)).toMatchObject({ done: 1 })
    expect(harness.said(file.importId)[0]).toBe('2 skip: Already on the server')
    expect(harness.pbx.rules()).toHaveLength(2)
  })

  test('harm that was not there when it was looked at stops the plan', async () => {
    harness = await ImportsHarness.start()
    const { file } = await harness.plan(csv('192.0.2.0/24,DENY,,'))
    harness.pbx.addRule({ cidr: '192.0.2.7/32', target: 'ACCEPT', description: '' })
    harness.now += 61_000
    const all = { ...confirmed, override: overrideWord }
    await expect(harness.apply(file.importId, all)).rejects.toMatchObject({ detail: { code: 'conflict' } })
    expect(harness.imports.get({ importId: file.importId }).guards).toHaveLength(1)
    expect(harness.sent()).toEqual([])
    expect(await harness.apply(file.importId, all)).toMatchObject({ done: 1 })
  })

  test('a read-only server takes nothing, and a plan that was closed or whose server went is forgotten', async () => {
    harness = await ImportsHarness.start({}, { protection: 'read-only' })
    const one = await harness.plan(csv('192.0.2.1,DENY,,'))
    await expect(harness.apply(one.file.importId)).rejects.toMatchObject({ detail: { code: 'read-only' } })
    harness.imports.close(one.file)
    expect(() => harness.imports.get(one.file)).toThrow('not open any more')
    const other = await harness.plan(csv('192.0.2.1,DENY,,'))
    harness.imports.forget([harness.serverId])
    expect(() => harness.imports.get(other.file)).toThrow('not open any more')
  })
})
