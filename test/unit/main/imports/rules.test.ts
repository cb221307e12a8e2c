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
        '192.0.2.1,DROP,2027-02-31T18:00:00Z,',
        ',ACCEPT,,',
        '45.10.20.0/24,DENY,2027-01-31T18:00:00Z,New',
        '45.10.20.0/24,DENY,,Another',
        `192.0.2.9,ACCEPT,,${'x'.repeat(256)}`,
      ),
    )
    expect(file).toMatchObject({ rows: 9, mapping: ['cidr', 'target', 'expire_at', 'description'] })
    expect(harness.rowTexts(file.importId)).toEqual([
      '2 create: 45.10.20.7/24 in the file, 2027-01-31T19:00:00+01:00 in the file',
      '3 skip: Already on the server',
      '4 conflict: On the server with other values. Expires: Never, Description: Scanner',
      '5 wrong: Column cidr: The maximum prefix length is 32 (found “10.0.0.0/99”)',
      '6 wrong: Column target: Expected one of DENY (Block), ACCEPT (Allow) (found “DROP”). Column expire_at: Expected a date or time, such as 2027-01-31 or 2027-01-31T18:00:00Z (found “2027-02-31T18:00:00Z”)',
      '7 wrong: Column cidr: IP address or range is required',
      '8 skip: Same as row 2',
      expect.stringMatching(
        /^9 conflict: Row 2 is the same rule with other values\. Expires: .*2027.*, Description: New$/,
      ),
      expect.stringMatching(
        /^10 wrong: Column description: Maximum 255 characters \(256 entered\) \(found “x{60}…”\)$/,
      ),
    ])
    expect(plan).toMatchObject({ counts: { create: 1, skip: 2, conflict: 2, wrong: 4 }, guards: [] })
    expect(harness.sent()).toEqual([])
    expect(harness.rows(file.importId)[0]).toMatchObject({
      cidr: '45.10.20.0/24',
      target: 'DENY',
      expire_at: '2027-01-31T18:00:00Z',
    })
  })

  test('flags a row that allows what the server blocks, and warns of it', async () => {
    harness = await ImportsHarness.start({ rules: 0 })
    harness.pbx.addRule({ cidr: '45.10.30.0/24', target: 'DENY', description: 'Scanner' })
    harness.pbx.addRule({ cidr: '45.10.31.0/24', target: 'DENY', expire_at: '2001-01-01T00:00:00Z' })
    harness.pbx.addRule({ cidr: '2a0c:77::/48', target: 'DENY', description: 'Feed' })
    harness.pbx.addRule({ cidr: '2a0c:77:1::/48', target: 'DENY', description: 'Feed' })
    const { file, plan } = await harness.plan(
      csv(
        '45.10.30.0/24,ACCEPT,,',
        '45.10.31.7,ACCEPT,,',
        '2a0c:77::/32,ACCEPT,,',
        '45.10.30.9,ACCEPT,2001-01-01T00:00:00Z,',
      ),
    )
    expect(harness.rowTexts(file.importId)).toEqual([
      '2 create: It overlaps 45.10.30.0/24, which a rule on the server blocks',
      '3 create: 45.10.31.7 in the file',
      '4 create: It overlaps 2a0c:77::/48 and others, which a rule on the server blocks',
      expect.stringMatching(/^5 excluded: Expired/),
    ])
    expect(plan).toMatchObject({ flagged: 2, guards: [] })
    expect(plan.warnings).toEqual([
      'Block rules apply to these addresses (45.10.30.0/24, 2a0c:77::/48, 2a0c:77:1::/48). PortSIP does not document which rule takes precedence.',
    ])
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
      'Row 2 would block this computer’s own address (10.9.9.9): you would lose access to the PBX.',
    )
    expect(plan.guards[1]).toMatchObject({ addresses: ['198.51.100.64/28', '2a0c:77:7::/48'] })
    expect(harness.rowTexts(file.importId)).toEqual([
      '2 create: It contains this computer’s own address. Contains private addresses',
      '3 create: It overlaps the allow rule 198.51.100.64/28',
      '4 create: It overlaps the allow rule 2a0c:77:7::/48 of row 5',
      '5 create: Within 2a0c:77::/32 of row 4, which blocks it. PortSIP does not document which rule takes precedence',
      expect.stringMatching(/^6 excluded: Expired Jan 1, 2001, .+\. A rule has no effect after it expires$/),
      '7 create: 45.10.20.5 in the file',
    ])
    await expect(harness.apply(file.importId)).rejects.toMatchObject({ detail: { code: 'guarded' } })
    expect(harness.sent()).toEqual([])
    expect(await harness.apply(file.importId, { ...confirmed, override: overrideWord })).toMatchObject({
      counts: { done: 5, notSent: 1 },
    })
    expect(harness.pbx.rules()).toHaveLength(6)
  })

  test('leaves out rules that have expired until they are added, and flags them then', async () => {
    harness = await ImportsHarness.start()
    harness.now = Date.parse('2026-11-28T12:00:00Z')
    const { file, plan } = await harness.plan(
      csv(
        '45.10.20.5,DENY,2026-11-28T12:00:00Z,Now',
        '45.10.20.5/32,DENY,,Instead of row 2',
        '45.10.20.6/32,ACCEPT,2026-11-28T12:00:01Z,In a second',
        '45.10.20.7/32,DENY,2019-01-31,Years ago',
        '45.10.20.8/32,DENY,,Never',
      ),
    )
    const { importId } = file
    const states = () => harness.rows(importId).map(({ state, flagged }) => `${state}${flagged ? ', flagged' : ''}`)
    expect(plan).toMatchObject({ counts: { create: 3, excluded: 2 }, flagged: 0, expired: 2 })
    expect(states()).toEqual(['excluded', 'create', 'create', 'excluded', 'create'])
    // A row that the user leaves out has not expired, and a new end that is over leaves the row out.
    await harness.imports.change({ importId, rows: ['6'], isExcluded: true })
    const expired = () => harness.rows(importId).flatMap(({ row, isExpired }) => (isExpired ? [row] : []))
    expect(expired()).toEqual([2, 5])
    const late = await harness.imports.change({ importId, rows: ['4'], values: { expire_at: '2020-01-01' } })
    expect(late).toMatchObject({ counts: { create: 1, excluded: 4 }, flagged: 0, expired: 3 })
    expect(expired()).toEqual([2, 4, 5])
    // A later end alone imports it.
    await harness.imports.change({ importId, rows: ['2'], values: { expire_at: '2199-01-01' } })
    expect([states()[0], expired()]).toEqual(['create', [4, 5]])
    await harness.imports.change({ importId, rows: ['2'], values: { expire_at: '2020-01-01' } })

    const added = await harness.imports.change({ importId, isExcluded: false })
    expect(added).toMatchObject({ counts: { create: 3, conflict: 1, excluded: 1 }, flagged: 3, expired: 0 })
    expect(harness.rowTexts(importId)[3]).toMatch(
      /^5 create: Expired .+2019.+\. A rule has no effect after it expires\. 2019-01-31 in the file$/,
    )
    expect(states()[4]).toBe('excluded')
    const removed = await harness.imports.change({ importId, isExcluded: true })
    expect(removed).toMatchObject({ flagged: 0, expired: 0 })
  })

  test.each(['#cidr,action,expires', 'Report,Q1,\ncidr,action,expires'])('finds the header in %j', async (above) => {
    harness = await ImportsHarness.start()
    const { file, plan } = await harness.plan(`${above}\n45.10.20.0/24,DENY,2027-01-31\n`)
    expect(file.mapping).toEqual(['cidr', 'target', 'expire_at'])
    expect(plan.counts).toMatchObject({ create: 1, wrong: 0 })
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
    const path = await harness.file('IP address or range;Owner;Action\n10.0.0.1;x;Deny\n')
    const { importId, mapping } = await harness.imports.read(harness.serverId, 'ip-rules', path)
    expect(mapping).toEqual(['cidr', null, 'target'])
    const map = (given: readonly (string | null)[]) => harness.imports.map({ importId, mapping: given })
    await expect(map(['cidr', null, null])).rejects.toThrow('No column is mapped to Action')
    await expect(map(['cidr', 'cidr', 'target'])).rejects.toThrow('Two columns are mapped to cidr')
    await expect(map(['cidr', 'target'])).rejects.toThrow('Map each column')
    await expect(map(['cidr', 'id', 'target'])).rejects.toThrow('id cannot be imported')
    expect(() => harness.imports.get({ importId })).toThrow('not mapped yet')
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
    const plan = await harness.apply(importId, { ...confirmed, typedName: 'Kunde A' })
    expect(plan).toMatchObject({
      state: 'finished',
      title: 'Import 2 rules into Kunde A',
      counts: { done: 2, alreadyInPlace: 1, notSent: 1 },
    })
    expect(harness.sent()).toHaveLength(2)
    expect(harness.sent()).toContainEqual({
      cidr: '45.10.20.0/24',
      target: 'DENY',
      expire_at: '2027-01-31T18:00:00Z',
      description: '=1+1',
    })
    await expect(harness.apply(importId, { ...confirmed, typedName: 'Kunde A' })).rejects.toThrow(
      'already been applied',
    )
    expect(harness.sent()).toHaveLength(2)
  })

  test('a row that is refused says why, and Retry sends the same values in a second attempt', async () => {
    harness = await ImportsHarness.start()
    const { file } = await harness.plan(csv(...Array.from({ length: 6 }, (_, at) => `192.0.2.${at},DENY,,`)))
    await harness.pbx.setFaults({ status: 500, onlyPath: 'POST /ip_filters', times: 1 })
    const { id, counts, retryable } = await harness.apply(file.importId)
    expect(counts).toMatchObject({ done: 5, refused: 1 })
    expect(retryable).toBe(1)
    await harness.on.plans.retry(id, confirmed)
    expect(await harness.on.ended(id)).toMatchObject({
      state: 'finished',
      counts: { done: 6, refused: 0 },
      retryable: 0,
    })
    expect((await harness.on.rows(id)).map(({ attempt }) => attempt).toSorted()).toEqual([1, 1, 1, 1, 1, 2])
    expect(harness.pbx.rules()).toHaveLength(6)
    await expect(harness.on.plans.retry(id, confirmed)).rejects.toThrow('No step of this plan can be retried')
  })

  test('a lost response is settled by reading and the row never sent again', async () => {
    harness = await ImportsHarness.start()
    const { file } = await harness.plan(csv('192.0.2.1,DENY,,a', '192.0.2.2,DENY,,b'))
    await harness.pbx.setFaults({ dropAfterReceive: true, onlyPath: 'POST /ip_filters', times: 1 })
    const { id, counts } = await harness.apply(file.importId)
    expect(harness.sent()).toHaveLength(2)
    // Whether the server did it before the response was lost is what the list says.
    expect(counts.done).toBe(harness.pbx.rules().length)
    expect(counts.done + counts.unknown).toBe(2)
    for (const { message } of (await harness.on.rows(id)).filter(({ outcome }) => outcome === 'unknown'))
      expect(message).toContain('No new rule like this is on the server now')
  })

  test('an equal rule that somebody else creates meanwhile is named in the result and in the journal', async () => {
    harness = await ImportsHarness.start()
    const { file } = await harness.plan(csv('192.0.2.1,DENY,,Mine', '192.0.2.2,DENY,,Mine'))
    await harness.pbx.setFaults({ holdReplies: true, onlyPath: 'POST /ip_filters' })
    const { id } = await harness.imports.apply({ importId: file.importId, confirmation: confirmed })
    await harness.on.until(id, ({ counts }) => counts.sending === 2)
    harness.pbx.addRule({ cidr: '192.0.2.1/32', target: 'DENY', description: 'Theirs' })
    await harness.pbx.setFaults({ holdReplies: false })
    expect((await harness.on.ended(id)).counts).toMatchObject({ done: 2 })
    const text = 'Another rule for 192.0.2.1/32 (Block) is on the server: it was probably created at the same time'
    expect((await harness.on.rows(id)).map(({ message }) => message)).toEqual([text, ''])
    expect((await harness.on.entries(id))[0]?.result?.error?.message).toBe(`${text}.`)
  })

  test('what was put on the server since the preview is not sent', async () => {
    harness = await ImportsHarness.start()
    const { file } = await harness.plan(csv('192.0.2.1,DENY,,', '192.0.2.2,DENY,,', '192.0.2.3,DENY,,'))
    harness.pbx.addRule({ cidr: '192.0.2.1/32', target: 'DENY', description: '' })
    harness.pbx.addRule({ cidr: '192.0.2.2/32', target: 'DENY', description: 'Other' })
    const { id, counts } = await harness.apply(file.importId)
    expect(counts).toMatchObject({ done: 1, alreadyInPlace: 1, conflict: 1 })
    expect((await harness.on.rows(id))[1]?.message).toBe('On the server with other values. Description: Other')
    expect(harness.sent()).toHaveLength(1)
  })

  test('harm that was not there when it was looked at stops the plan', async () => {
    harness = await ImportsHarness.start()
    const { file } = await harness.plan(csv('192.0.2.0/24,DENY,,'))
    harness.pbx.addRule({ cidr: '192.0.2.7/32', target: 'ACCEPT', description: '' })
    const all = { ...confirmed, override: overrideWord }
    await expect(harness.apply(file.importId, all)).rejects.toMatchObject({ detail: { code: 'conflict' } })
    expect(harness.imports.get({ importId: file.importId }).guards).toHaveLength(1)
    expect(harness.sent()).toEqual([])
    expect(await harness.apply(file.importId, all)).toMatchObject({ counts: { done: 1 } })
  })

  test('a read-only server takes nothing, and a plan that was closed or whose server went is forgotten', async () => {
    harness = await ImportsHarness.start({}, { protection: 'read-only' })
    const one = await harness.plan(csv('192.0.2.1,DENY,,'))
    await expect(harness.apply(one.file.importId)).rejects.toMatchObject({ detail: { code: 'read-only' } })
    harness.imports.close(one.file)
    expect(() => harness.imports.get(one.file)).toThrow('no longer open')
    const other = await harness.plan(csv('192.0.2.1,DENY,,'))
    harness.imports.forget([harness.serverId])
    expect(() => harness.imports.get(other.file)).toThrow('no longer open')
  })
})
