import { readdirSync, readFileSync } from 'node:fs'
import { afterEach, describe, expect, test } from 'vitest'
import { printNumber } from '@shared/format/print-number'
import { serverKey, type ImportRow } from '@shared/domain/import'
import type { ListId } from '@shared/resources/ids'
import { describedTarget } from '@main/services/lists/target-of'
import { failureOf } from '../session/harness'
import { inOneWave, RolloutsHarness } from './harness'

let on: RolloutsHarness
afterEach(() => on.close())

async function mapped(text: string, serverIds: readonly string[] = [], resource: ListId = 'ip-rules') {
  const { importId, mapping } = await on.imports.paste(resource, text)
  return { importId, ...(await on.imports.map({ importId, mapping, serverIds })) }
}
const rows = (importId: string): readonly ImportRow[] =>
  on.imports.rows({ importId, query: { offset: 0, limit: 100 } }).items
const rowTexts = (importId: string) => rows(importId).map(({ row, state, reason }) => [row, state, reason])
const preview = (importId: string) => on.service.previews.preview({ kind: 'import', importId })
async function applied({ id }: { readonly id: string }) {
  await on.apply(await on.service.get(id), inOneWave)
  return on.rolloutEnded(id)
}
const described = () =>
  on.targets.map(({ pbx }) => pbx.rules().map(({ cidr, description }) => `${cidr} ${description}`))

describe('rows that name their server', () => {
  test('go to it by its name or address; rows with another one are reported and not sent', async () => {
    on = await RolloutsHarness.start(3)
    on.pbx(1).addRule({ cidr: '198.51.100.0/24', target: 'DENY', description: 'Feed' })
    const { importId, counts } = await mapped(
      [
        'Server\tcidr\ttarget\tdescription',
        'pbx 0\t198.51.100.0/24\tDENY\tFeed',
        `${on.pbx(1).url}\t198.51.100.0/24\tDENY\tFeed`,
        'PBX 1\t192.0.2.0/24\tDENY\tFeed',
        'PBX 9\t192.0.2.0/24\tDENY\tFeed',
        '\t192.0.2.0/24\tDENY\tFeed',
        'PBX 0\t198.51.100.0/24\tDENY\tother',
        'PBX 1\t300.0.0.0/8\tDENY\tFeed',
      ].join('\n'),
    )
    expect(counts).toMatchObject({ create: 3, skip: 0, conflict: 1, wrong: 3 })
    expect(rowTexts(importId).slice(3)).toEqual([
      [5, 'wrong', 'Column Server: No server of this workspace has the name or address “PBX 9”'],
      [6, 'wrong', 'Column Server: The server is required'],
      [7, 'conflict', expect.stringContaining('Row 2 is the same rule with other values')],
      [8, 'wrong', expect.stringContaining('Column cidr')],
    ])
    expect(rows(importId)[3]).toMatchObject({ [serverKey]: 'PBX 9', cidr: '192.0.2.0/24' })

    const shown = await preview(importId)
    expect(shown).toMatchObject({
      title: 'Import 3 rules from Clipboard on 2 servers',
      impact: '2 steps on 2 servers.',
      warnings: ['Not sent, because their server is not known: rows 5, 6'],
      groups: [
        { label: 'Create 1 rule, 1 in conflict', servers: ['PBX 0'] },
        { label: 'Create 1 rule, 1 already in place, 1 not sent', servers: ['PBX 1'] },
      ],
    })
    expect(shown.groups[1]?.details.at(-1)).toMatch(/^Row 8, invalid row: Column cidr/)
    expect(on.posts().flat()).toEqual([])
    expect(await applied(shown)).toMatchObject({ state: 'finished', stepCounts: { done: 2, conflict: 1, notSent: 1 } })
    expect(described()).toEqual([['198.51.100.0/24 Feed'], ['198.51.100.0/24 Feed', '192.0.2.0/24 Feed'], []])

    const revert = await on.service.previews.preview({ kind: 'revert', rollout: shown.id })
    await applied(revert)
    expect(described()).toEqual([[], ['198.51.100.0/24 Feed'], []])
  })

  test('are not counted if their server is read-only, which is their reason', async () => {
    on = await RolloutsHarness.start(2)
    on.harness.patch(on.ids[1] ?? '', { protection: 'read-only' })
    const { importId, counts, warnings } = await mapped(
      'Server,cidr,target\nPBX 0,9.9.9.0/24,DENY\nPBX 1,9.9.9.0/24,DENY\nPBX 1,9.9.8.0/24,DENY\nPBX 1,wrong,DENY',
    )
    expect([counts.create, counts.readOnly, counts.wrong, warnings]).toEqual([1, 2, 1, []])
    const reason = 'PBX 1 is read-only. To make changes, change the protection level.'
    expect(rowTexts(importId).slice(1, 3)).toEqual([
      [3, 'readOnly', reason],
      [4, 'readOnly', reason],
    ])
    expect(await preview(importId)).toMatchObject({ title: 'Import 1 rule from Clipboard on 1 server' })
  })

  test('with a name that two servers have are errors that say what to enter', async () => {
    on = await RolloutsHarness.start(2, { name: 'Main' })
    const { importId, counts } = await mapped(
      `Server,cidr,target\nmain,9.9.9.0/24,DENY\n${on.pbx(1).url},9.9.9.0/24,DENY`,
    )
    expect(counts).toMatchObject({ create: 1, wrong: 1 })
    expect(rowTexts(importId)[0]?.[2]).toBe(
      'Column Server: Several servers have the name or address “main”. Enter one that is unique',
    )
    expect((await preview(importId)).impact).toBe('1 step on 1 server.')
  })

  test('are shown with the address of their server if another one has its name', async () => {
    on = await RolloutsHarness.start(2, { name: 'Main' })
    const lines = on.targets.map(({ pbx }, at) => `${pbx.url},9.9.${at}.0/24,DENY`)
    const shown = await preview((await mapped(`Server,cidr,target\n${lines.join('\n')}`)).importId)
    const names = on.targets.map(({ pbx }) => `Main (${pbx.url.replace('https://', '')})`)
    expect(shown.planned.map(({ name }) => name)).toEqual(names)
    expect(shown.groups.flatMap(({ servers }) => servers).sort()).toEqual(names.toSorted())
  })
})

describe('rows for every selected server', () => {
  test('are counted once, and read-only servers that get none are named', async () => {
    on = await RolloutsHarness.start(2)
    on.harness.patch(on.ids[1] ?? '', { protection: 'read-only' })
    const some = await mapped('cidr;target\n9.9.9.0/24;DENY', on.ids)
    expect([some.counts.create, some.counts.readOnly, some.warnings]).toEqual([
      1,
      0,
      ['Nothing is sent to read-only servers: PBX 1'],
    ])
    const none = await mapped('cidr;target\n9.9.9.0/24;DENY\n9.9.8.0/24;DENY', on.ids.slice(1))
    expect([none.counts.create, none.counts.readOnly, none.warnings]).toEqual([0, 2, []])
  })

  test('are sent to each, and servers with the same difference are one group', async () => {
    on = await RolloutsHarness.start(3)
    const { importId } = await mapped('cidr;target\n9.9.9.0/24;DENY\n9.9.9.1;Block', on.ids.slice(0, 2))
    const shown = await preview(importId)
    expect(shown.groups).toMatchObject([{ label: 'Create 2 rules', servers: ['PBX 0', 'PBX 1'] }])
    await applied(shown)
    expect(
      on
        .pbx(0)
        .rules()
        .map(({ cidr }) => cidr)
        .sort(),
    ).toEqual(['9.9.9.0/24', '9.9.9.1/32'])
    expect(on.posts().map(({ length }) => length)).toEqual([2, 2, 0])
  })

  test('need servers, a row that can be sent, and no more steps than a rollout has', async () => {
    on = await RolloutsHarness.start(1)
    expect((await failureOf(mapped('cidr,target\n9.9.9.0/24,DENY'))).message).toBe(
      'Select servers, or map a column to Server',
    )
    const wrong = await mapped('cidr,target\n9.9.9.0/99,DENY', on.ids)
    expect((await failureOf(preview(wrong.importId))).message).toBe('No row of the file can be imported')
    const many = Array.from({ length: 1000 }, (_, at) => `10.0.${at >> 8}.${at & 255},DENY`)
    const { importId, mapping } = await on.imports.paste('ip-rules', ['cidr,target', ...many].join('\n'))
    const serverIds = Array.from({ length: 150 }, (_, at) => String(at))
    await on.imports.map({ importId, mapping, serverIds })
    expect((await failureOf(preview(importId))).message).toBe(
      `${printNumber(150_000)} rows on 150 servers are too many`,
    )
  })

  test('have their passwords in memory: they are sent, and are in no stored plan', async () => {
    on = await RolloutsHarness.start(2)
    const { importId, counts } = await mapped(
      'name,password,level,email,website,max_tenants,max_extensions\nreseller9,Secret-4711,RESELLER,r@example.com,https://example.com,5,50',
      on.ids,
      'dealers',
    )
    expect([counts, rowTexts(importId)]).toMatchObject([{ create: 1 }, [[2, 'create', '']]])
    expect(JSON.stringify(rows(importId))).not.toContain('Secret-4711')
    const shown = await preview(importId)
    expect(await applied(shown)).toMatchObject({ state: 'finished', counts: { done: 2 } })
    const bodies = on.targets.flatMap(({ pbx }) =>
      pbx.requests.filter(({ method, path }) => method === 'POST' && path === '/dealers').map(({ body }) => body),
    )
    expect(bodies).toMatchObject([{ password: 'Secret-4711' }, { password: 'Secret-4711' }])
    const stored = readdirSync(on.folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => readFileSync(`${entry.parentPath}/${entry.name}`, 'utf8'))
    expect(stored.length).toBeGreaterThan(2)
    expect(stored.join('\n')).not.toContain('Secret-4711')
  })
})

describe('a server of another version', () => {
  test('gets only the rows that are valid there, and the others are listed with the reason', async () => {
    on = await RolloutsHarness.start(2, {}, (at) => ({ version: at === 0 ? '22.2' : '22.6' }))
    const { importId, counts } = await mapped(
      'name,password,level,max_tenants,max_extensions,email,display_name\nreseller9,Secret-4711,RESELLER,5,50,,',
      on.ids,
      'dealers',
    )
    expect(counts).toMatchObject({ create: 1 })
    const shown = await preview(importId)
    expect(shown.groups).toMatchObject([
      { kind: 'apply', label: 'Create 1 dealer', servers: ['PBX 0'] },
      { kind: 'nothing', label: 'Not sent', servers: ['PBX 1'] },
    ])
    expect(shown.groups[1]?.details.join()).toMatch(/Row 2.*is required/)
  })

  test('without a field gets no row that has a value for it', async () => {
    on = await RolloutsHarness.start(1)
    const text = 'cidr,target,description\n9.9.9.0/24,DENY,\n9.9.8.0/24,DENY,Feed'
    const { importId } = await mapped(text, on.ids)
    const target = describedTarget('ip-rules')
    const older = { ...target, fields: target.fields.filter(({ key }) => key !== 'description') }
    const { steps } = await on.imports.find(importId).stepsFor(on.ids[0] ?? '', older)
    expect(steps.map(({ write, settled }) => [write.identity, settled?.reason])).toEqual([
      ['rule 9.9.9.0/24', undefined],
      ['rule 9.9.8.0/24', 'This server does not have: Description'],
    ])
  })
})

describe('rows that have expired', () => {
  test('go to no server until they are added', async () => {
    on = await RolloutsHarness.start(2)
    const { importId, mapping } = await on.imports.paste(
      'ip-rules',
      'cidr,target,expire_at\n9.9.9.0/24,DENY,2019-01-31T00:00:00Z\n9.9.8.0/24,DENY,\n9.9.7.0/24,DENY,2020-01-31T00:00:00Z\n',
    )
    const plan = await on.imports.map({ importId, mapping, serverIds: on.ids })
    expect(plan).toMatchObject({ counts: { create: 1, excluded: 2 }, expired: 2 })
    const added = await on.imports.change({ importId, rows: ['4'], isExcluded: false })
    expect(added).toMatchObject({ counts: { create: 2, excluded: 1 }, flagged: 1, expired: 1 })
    await applied(await preview(importId))
    expect(described().map((each) => each.toSorted())).toEqual([
      ['9.9.7.0/24 null', '9.9.8.0/24 null'],
      ['9.9.7.0/24 null', '9.9.8.0/24 null'],
    ])
  })
})

describe('rows of a list of addresses', () => {
  test('get a value for all rows, are corrected or removed, and go to every selected server', async () => {
    on = await RolloutsHarness.start(2)
    const { importId, mapping } = await on.imports.paste('ip-rules', '# Feed\n10.0.0.0/8\n9.9.9.300\n9.9.9.0/24 # a\n')
    const plan = await on.imports.map({ importId, mapping, serverIds: on.ids, fixed: { target: 'DENY' } })
    expect(plan).toMatchObject({ counts: { create: 2, wrong: 1 }, flagged: 1 })
    await on.imports.change({ importId, isExcluded: true })
    const changed = await on.imports.change({ importId, rows: ['3'], values: { cidr: '9.9.9.3' } })
    expect(changed.counts).toMatchObject({ create: 2, wrong: 0, excluded: 1 })
    await applied(await preview(importId))
    expect(described().map((each) => each.toSorted())).toEqual([
      ['9.9.9.0/24 a', '9.9.9.3/32 null'],
      ['9.9.9.0/24 a', '9.9.9.3/32 null'],
    ])
  })

  test('that name their server may have one removed whose server is not known', async () => {
    on = await RolloutsHarness.start(1)
    const { importId } = await mapped('Server,cidr,target\nPBX 0,9.9.9.0/24,DENY\nPBX 9,9.9.8.0/24,DENY')
    await on.imports.change({ importId, rows: ['3'], isExcluded: true })
    expect(rowTexts(importId)[1]).toEqual([3, 'excluded', 'Removed in the preview'])
    expect((await preview(importId)).warnings).toEqual([])
  })
})

describe('servers of several versions', () => {
  const options = (at: number) => ({ version: at === 0 ? '22.2' : '22.6', tenants: 0 }) as const
  const text = 'name,domain,timezone,currency,region\nNord,nord.example.com,Europe/Berlin,EUR,DEU'
  const website = 'https://nord.example.com'

  test('the newest one decides which fields need a column or a value', async () => {
    on = await RolloutsHarness.start(2, {}, options)
    const { importId, mapping } = await on.imports.paste('tenants', text)
    const set = (serverIds: readonly string[], fixed = {}) => on.imports.map({ importId, mapping, serverIds, fixed })
    expect(await failureOf(set(on.ids))).toMatchObject({
      code: 'rejected',
      message: expect.stringMatching(/^No column is mapped to .*Website/) as string,
    })
    expect((await set(on.ids.slice(0, 1))).counts).toMatchObject({ create: 1, wrong: 0 })
    expect((await set(on.ids, { website })).counts).toMatchObject({ create: 1, wrong: 0 })
    const { groups } = await preview(importId)
    expect(groups.map(({ label, servers }) => [label, servers])).toEqual([['Create 1 tenant', ['PBX 0', 'PBX 1']]])
  })

  test('a row without a value is invalid on the server whose version requires it', async () => {
    on = await RolloutsHarness.start(2, {}, options)
    const [header = '', row = ''] = text.split('\n')
    const { importId, counts } = await mapped(
      [`Server,${header},website`, `PBX 0,${row},`, `PBX 1,${row},`].join('\n'),
      [],
      'tenants',
    )
    expect(counts).toMatchObject({ create: 1, wrong: 1 })
    expect(rowTexts(importId)[1]).toEqual([3, 'wrong', expect.stringContaining('website')])
  })
})
