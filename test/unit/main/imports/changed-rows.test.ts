import { afterEach, describe, expect, test } from 'vitest'
import { overrideWord } from '@shared/domain/write'
import { confirmed, ImportsHarness } from './harness'

let harness: ImportsHarness
afterEach(() => harness.close())

const open = async (text: string, resource: 'ip-rules' | 'tenants' = 'ip-rules') =>
  harness.imports.read(harness.serverId, resource, await harness.file(text))

describe('a value for all rows', () => {
  test('stands in for columns that a list of addresses does not have', async () => {
    harness = await ImportsHarness.start()
    const { importId, mapping } = await open('; DROP\n1.10.16.0/20 ; SBL256894\n1.19.0.0/16 ; SBL434604\n')
    await expect(harness.imports.map({ importId, mapping })).rejects.toThrow('No column is mapped to Action')
    const fixed = { target: 'DENY', expire_at: '2030-01-31T18:00:00Z' }
    const plan = await harness.imports.map({ importId, mapping, fixed })
    expect(plan.counts).toMatchObject({ create: 2 })
    expect(harness.rows(importId)[0]).toMatchObject({ ...fixed, cidr: '1.10.16.0/20', description: 'SBL256894' })
    await harness.apply(importId)
    expect(harness.sent()).toContainEqual({ ...fixed, cidr: '1.19.0.0/16', description: 'SBL434604' })
  })

  test('is checked as a cell is, and is not for a field that has a column', async () => {
    harness = await ImportsHarness.start()
    const { importId, mapping } = await open('198.51.100.0/24\n')
    const map = (fixed: Record<string, string>) => harness.imports.map({ importId, mapping, fixed })
    await map({ target: 'DROP' })
    expect(harness.rowTexts(importId)).toEqual([
      '1 wrong: Action: Expected one of DENY (Block), ACCEPT (Allow) (found “DROP”)',
    ])
    await map({ target: '' })
    expect(harness.rowTexts(importId)).toEqual(['1 wrong: Action is required'])
    await expect(map({ target: 'DENY', cidr: '198.51.100.0/24' })).rejects.toThrow(
      'cidr has a column and a value for all rows',
    )
    await expect(map({ target: 'DENY', id: '7' })).rejects.toThrow('id cannot be imported')
  })

  test('is requested for what a PBX from 22.6 on requires', async () => {
    harness = await ImportsHarness.start({ version: '22.6', tenants: 0 })
    const { importId, mapping, fields } = await open('Acme,a.example,Africa/Luanda,AOA,AGO\n', 'tenants')
    const named = ['name', 'domain', ...mapping.slice(2)]
    expect(fields.find(({ key }) => key === 'website')?.required).toBe(true)
    await expect(harness.imports.map({ importId, mapping: named })).rejects.toThrow('No column is mapped to Website')
    await harness.imports.map({ importId, mapping: named, fixed: { website: 'https://a.example' } })
    expect(harness.rowTexts(importId)).toEqual(['1 create'])
  })
})

describe('a row in the preview', () => {
  const text = 'cidr,target\n45.10.300.0/24,DENY\n10.9.0.0/16,DENY\n192.168.0.0/16,DENY\n198.51.100.0/24,DENY\n'

  test('is corrected, and removed from the import', async () => {
    harness = await ImportsHarness.start()
    const { file } = await harness.plan(text)
    const { importId } = file
    await harness.imports.change({ importId, rows: ['2'], values: { cidr: '198.51.100.0/24' } })
    expect(harness.rowTexts(importId).filter((_, at) => at % 3 === 0)).toEqual(['2 create', '5 skip: Same as row 2'])
    await harness.imports.change({ importId, rows: ['2'], isExcluded: true })
    expect(harness.rowTexts(importId).filter((_, at) => at % 3 === 0)).toEqual([
      '2 excluded: Removed in the preview',
      '5 create',
    ])
    const plan = await harness.imports.change({ importId, isExcluded: true })
    expect(plan).toMatchObject({ counts: { create: 1, excluded: 3 }, flagged: 0, guards: [] })
    expect(await harness.apply(importId)).toMatchObject({ counts: { done: 1, notSent: 3 } })
    expect(harness.sent()).toEqual([{ cidr: '198.51.100.0/24', target: 'DENY' }])
    await expect(harness.imports.change({ importId, isExcluded: false })).rejects.toThrow('already been applied')
  })

  test('stays as it was if its correction cannot be compared with the server, and is sent as previewed', async () => {
    harness = await ImportsHarness.start({ tenants: 3 })
    const csv = 'name,domain,timezone,currency,region\nAcme,acme.example,Europe/Berlin,EUR,DEU\n'
    const { importId } = (await harness.plan(csv, 'tenants')).file
    const before = harness.rows(importId)
    await harness.pbx.setFaults({ status: 403, onlyPath: 'GET /tenants/' })
    // This domain is on the server, so the whole tenant is read, which the preview did not have to.
    const changed = harness.imports.change({ importId, rows: ['2'], values: { domain: 'tenant2.example' } })
    await expect(changed).rejects.toThrow()
    await harness.pbx.clearFaults()
    expect(harness.rows(importId)).toEqual(before)
    expect(await harness.apply(importId)).toMatchObject({ counts: { done: 1 } })
    expect(harness.sent('/tenants')).toMatchObject([{ domain: 'acme.example' }])
  })

  test('is flagged if it contains private addresses or a safety check stops it', async () => {
    harness = await ImportsHarness.start()
    const { file, plan } = await harness.plan(text)
    const query = { offset: 0, limit: 9, filter: [{ key: 'flagged', operator: 'eq' as const, value: 'true' }] }
    expect(plan.flagged).toBe(2)
    expect(
      harness.imports.rows({ importId: file.importId, query }).items.map(({ row, reason }) => [row, reason]),
    ).toEqual([
      [3, 'It contains this computer’s own address. Contains private addresses'],
      [4, 'Contains private addresses'],
    ])
  })

  test('whose value for all rows is another one has its own', async () => {
    harness = await ImportsHarness.start()
    const { importId, mapping } = await open('198.51.100.0/24\n10.9.9.9\n')
    await harness.imports.map({ importId, mapping, fixed: { target: 'DENY' } })
    const plan = await harness.imports.change({ importId, rows: ['2'], values: { target: 'ACCEPT' } })
    expect(plan.guards).toEqual([])
    await harness.apply(importId, { ...confirmed, override: overrideWord })
    expect(harness.sent()).toContainEqual({ cidr: '10.9.9.9/32', target: 'ACCEPT' })
  })

  test('with too many cells has all of them replaced', async () => {
    harness = await ImportsHarness.start()
    const { file } = await harness.plan('cidr,target,description\n198.51.100.0/24,DENY,a,b\n')
    const { importId } = file
    await harness.imports.change({ importId, rows: ['2'], values: { cidr: '198.51.100.0/24', target: 'DENY' } })
    await harness.apply(importId)
    expect(harness.sent()).toEqual([{ cidr: '198.51.100.0/24', target: 'DENY' }])
  })

  test('is not read from the server again, and one that the file does not have is refused', async () => {
    harness = await ImportsHarness.start({ rules: 250 })
    const { file } = await harness.plan(text)
    const reads = () => harness.pbx.requests.filter(({ path }) => path === '/ip_filters').length
    const before = reads()
    await harness.imports.change({ importId: file.importId, rows: ['2'], isExcluded: true })
    expect(reads()).toBe(before)
    const change = { importId: file.importId, rows: ['99'], isExcluded: true }
    await expect(harness.imports.change(change)).rejects.toThrow('does not have this row')
  })
})

test('the first row is a header or data, as the user says', async () => {
  harness = await ImportsHarness.start()
  const file = await open('Netz,Was\n198.51.100.0/24,DENY\n')
  expect(file).toMatchObject({ rows: 1, isFirstRowHeader: true, columns: [{ name: 'Netz' }, { name: 'Was' }] })
  const bare = harness.imports.setFirstRow({ importId: file.importId, isHeader: false })
  expect(bare).toMatchObject({ rows: 2, isFirstRowHeader: false, columns: [{ name: '' }, { name: '' }] })
  await harness.imports.map({ importId: file.importId, mapping: ['cidr', 'target'] })
  expect(harness.rowTexts(file.importId)).toEqual([expect.stringMatching(/^1 wrong: Column 1: /), '2 create'])
})
