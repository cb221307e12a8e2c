import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { printNumber } from '@shared/format/print-number'
import type { ImportPlan } from '@shared/domain/import'
import { emptyServerDraft } from '@shared/domain/server'
import { FleetError } from '@shared/ipc/result'
import { selectedLimits } from '@shared/limits/selected'
import { FilesHost } from '@main/services/exports/files-host'
import { ServerImports } from '@main/services/workspace/server-imports'
import { WorkspaceService, workspaceStore } from '@main/services/workspace/workspace-service'

let folder: string
let workspace: WorkspaceService
let imports: ServerImports
const saved = new Map<string, string>()

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'fleet-servers-'))
  workspace = new WorkspaceService(workspaceStore(join(folder, 'workspace.json')))
  saved.clear()
  const remember = async (id: string, password: string): Promise<void> => {
    const { name } = workspace.get(id)
    if (password === 'refused') throw new FleetError({ code: 'refused', message: 'The keychain is locked' })
    saved.set(name, password)
  }
  imports = new ServerImports({ files: new FilesHost(), workspace, remember })
})
afterEach(() => rm(folder, { recursive: true }))

async function plan(text: string): Promise<{ readonly importId: string; readonly plan: ImportPlan }> {
  const path = join(folder, 'servers.csv')
  await writeFile(path, text)
  const { importId, mapping } = await imports.read(path)
  return { importId, plan: imports.map({ importId, mapping }) }
}

const rows = (importId: string) => imports.rows({ importId, query: { offset: 0, limit: 1000 } }).items
const rowTexts = (importId: string): readonly string[] =>
  rows(importId).map(({ row, state, reason }) => `${row} ${state}${reason === '' ? '' : `: ${reason}`}`)

const inWorkspace = (name: string, address: string, username = ''): Promise<unknown> =>
  workspace.add({ ...emptyServerDraft, name, address, username })

test('three hundred servers are added with their folders, tags, accounts and passwords', async () => {
  const lines = Array.from(
    { length: 300 },
    (_, at) => `Customer ${at},pbx${at}.example.com,Folder ${at % 7},"berlin, gold;new",admin,geheim${at}`,
  )
  const { importId, plan: planned } = await plan(
    `# Our servers\nName,Host,Customer,Tags,Login,Password\n${lines.join('\n')}\n`,
  )
  expect(planned.counts).toMatchObject({ create: 300, wrong: 0, skip: 0, conflict: 0 })
  expect(JSON.stringify(rows(importId))).not.toContain('geheim')
  expect(await imports.apply({ importId })).toEqual({ added: 300, passwords: 300, failed: [] })
  expect(workspace.list()).toHaveLength(300)
  expect(workspace.list()[7]).toMatchObject({
    ...{ name: 'Customer 7', address: 'https://pbx7.example.com:8887', folder: 'Folder 0', username: 'admin' },
    tags: ['berlin', 'gold', 'new'],
  })
  expect(saved.get('Customer 7')).toBe('geheim7')
  await expect(imports.apply({ importId })).rejects.toThrow('This import is no longer open')
})

describe('a server that is there already is recognized', () => {
  test.each([
    ['without the port that is meant', 'pbx.example.com'],
    ['as a link to its portal', 'https://PBX.example.com:8887/#/login'],
    ['with a dot at its end', 'pbx.example.com.'],
    ['with an invisible character', 'pbx.exam\u200Bple.com'],
  ])('%s', async (_, address) => {
    await inWorkspace('Acme', 'pbx.example.com')
    const { importId } = await plan(`name,address\nAcme,${address}\n`)
    expect(rowTexts(importId)).toEqual(['2 skip: Already in the workspace as Acme'])
  })

  test('by its international name and by its ASCII name', async () => {
    await inWorkspace('München', 'https://pbx.münchen.example:8887')
    const { importId } = await plan('address\npbx.xn--mnchen-3ya.example\n')
    expect(rowTexts(importId)).toEqual(['2 skip: Already in the workspace as München'])
  })

  test('by its second address', async () => {
    await workspace.add({ ...emptyServerDraft, name: 'Acme', address: 'a.example', secondAddress: '192.0.2.7' })
    const { importId } = await plan('name,address,second address\nB,192.0.2.7,\nC,c.example,a.example\n')
    expect(rowTexts(importId)).toEqual([
      '2 conflict: Already in the workspace as Acme, which is not changed. Different: Name “B” (workspace: “Acme”)',
      '3 conflict: Already in the workspace as Acme, which is not changed. Different: Name “C” (workspace: “Acme”), Address “https://c.example:8887” (workspace: “https://a.example:8887”)',
    ])
  })

  test('with what differs from the workspace, where the row has a value', async () => {
    const draft = {
      ...emptyServerDraft,
      name: 'Acme',
      address: 'a.example',
      folder: 'North',
      protection: 'ask',
    } as const
    await workspace.add({ ...draft, tags: ['gold', 'berlin'] })
    const lines = [
      'name,address,folder,tags,protection level,username,notes',
      'Acme,a.example,North,berlin;gold,Confirm,,',
      ',a.example,,,,,',
      'Acme,a.example,South,berlin,Read-only,admin,Rack 7',
    ]
    const { importId, plan: planned } = await plan(`${lines.map((line) => line.replaceAll(';', '|')).join('\n')}\n`)
    const differs = [
      'Folder “South” (workspace: “North”)',
      'Tags “berlin” (workspace: “berlin, gold”)',
      'Username “admin” (workspace: not set)',
      'Protection level “Read-only” (workspace: “Confirm”)',
      'Notes “Rack 7” (workspace: not set)',
    ]
    expect(rowTexts(importId)).toEqual([
      '2 skip: Already in the workspace as Acme',
      '3 skip: Already in the workspace as Acme',
      `4 conflict: Already in the workspace as Acme, which is not changed. Different: ${differs.join(', ')}`,
    ])
    expect(planned.counts).toMatchObject({ create: 0, skip: 2, conflict: 1 })
  })

  test('with a password, which is not saved', async () => {
    await inWorkspace('Acme', 'a.example')
    const { importId } = await plan('address,password\na.example,geheim\n')
    const [text = ''] = rowTexts(importId)
    expect(text).toBe(
      '2 skip: Already in the workspace as Acme. The password of this row is not saved: use Import passwords',
    )
  })

  test('within the file, with what differs', async () => {
    const { importId } = await plan(
      'name,address,folder\nA,a.example,X\nA,https://a.example:8887,X\nA,a.example,Y\nB,b.example:443,X\nB2,b.example,X\n',
    )
    expect(rowTexts(importId)).toEqual([
      '2 create',
      '3 skip: Same as row 2',
      '4 conflict: Row 2 is the same server. Folder: X',
      '5 create',
      '6 create',
    ])
  })
})

test('another account of a server, a name that is taken and a password with a blank at its end are pointed out', async () => {
  await inWorkspace('Acme Berlin', 'pbx.example.com', 'admin')
  const { importId, plan: planned } = await plan(
    'name,address,username,password\nAcme dealer,pbx.example.com,dealer,\nacme berlin,b.example,,\nNew,c.example,,\nNEW,d.example,,"secret "\n',
  )
  expect(rowTexts(importId)).toEqual([
    '2 create: Same address as Acme Berlin, with another username',
    '3 create: Same name as the server at https://pbx.example.com:8887',
    '4 create',
    '5 create: Same name as row 4. Column password: it ends with a blank',
  ])
  expect(planned.flagged).toBe(3)
  expect(imports.change({ importId, isExcluded: true }).counts).toMatchObject({ create: 1, excluded: 3 })
})

test('a row says what is wrong with it, and is corrected or left out in the preview', async () => {
  const { importId, plan: planned } = await plan(
    'name,address,protection\nA,http://a.example,ask\nB,127.000.000.010,sometimes\nC,,\nD,d.example,Read-only\n',
  )
  expect(planned.counts).toMatchObject({ create: 1, wrong: 3 })
  expect(rowTexts(importId)[0]).toContain('Plain HTTP sends the password unencrypted')
  expect(rowTexts(importId)[1]).toContain('without leading zeros')
  expect(rowTexts(importId)[1]).toContain('Expected one of open (No confirmation)')
  expect(rowTexts(importId)[2]).toBe('4 wrong: Column address: Address is required')
  imports.change({ importId, rows: ['2'], values: { address: 'a.example' } })
  imports.change({ importId, rows: ['3', '4'], isExcluded: true })
  expect(await imports.apply({ importId })).toMatchObject({ added: 2 })
  expect(workspace.list().map(({ address, protection }) => `${address} ${protection}`)).toEqual([
    'https://a.example:8887 ask',
    'https://d.example:8887 read-only',
  ])
})

test('a server without a name is called by its host', async () => {
  const { importId } = await plan('address\nhttps://pbx.example.com:443\n[2001:db8::5]:8887\n')
  await imports.apply({ importId })
  expect(workspace.list().map(({ name }) => name)).toEqual(['pbx.example.com', '2001:db8::5'])
})

test('a server that was added meanwhile is not added twice', async () => {
  const { importId } = await plan('name,address\nA,a.example\nB,b.example\n')
  await inWorkspace('Other', 'a.example')
  await expect(imports.apply({ importId })).rejects.toThrow('The workspace has changed since the preview')
  expect(rowTexts(importId)).toEqual([
    '2 conflict: Already in the workspace as Other, which is not changed. Different: Name “A” (workspace: “Other”)',
    '3 create',
  ])
  expect(await imports.apply({ importId })).toMatchObject({ added: 1 })
})

test('a password that the keychain refuses is named, and the others are saved', async () => {
  const { importId } = await plan('name,address,password\nA,a.example,refused\nB,b.example,geheim\n')
  const failed = [{ serverName: 'A', message: 'The keychain is locked' }]
  expect(await imports.apply({ importId })).toEqual({ added: 2, passwords: 1, failed })
  expect([...saved]).toEqual([['B', 'geheim']])
})

test('more servers than a workspace may have stay out of it', async () => {
  const max = selectedLimits.servers
  const lines = Array.from({ length: max + 1 }, (_, at) => `s${at}.example`)
  const { importId, plan: planned } = await plan(`address\n${lines.join('\n')}\n`)
  expect(planned.counts).toMatchObject({ create: max, wrong: 1 })
  const last = imports.rows({ importId, query: { offset: max, limit: 1 } }).items[0]
  expect(last?.reason).toBe(`A workspace has up to ${printNumber(20_000)} servers`)
})

test('the rows that are wrong are saved without passwords', async () => {
  const { importId } = await plan('name,address,password\nA,http://a.example,geheim\n')
  const path = join(folder, 'wrong.csv')
  await imports.save({ importId, path })
  const text = await readFile(path, 'utf8')
  expect(text).toContain('http://a.example')
  expect(text).not.toContain('geheim')
})

test('rows that were not added can be read and saved after the others were added, and nothing is added twice', async () => {
  await inWorkspace('Known', 'known.example')
  const text = [
    'name,address,password,card',
    'A,a.example,refused,1',
    'B,http://b.example,geheim,2',
    'A,a.example,,3',
    'Other,known.example,,4',
    'C,c.example,geheim,5',
  ]
  const { importId } = await plan(`${text.join('\n')}\n`)
  expect(await imports.apply({ importId })).toMatchObject({ added: 2, failed: [{ serverName: 'A' }] })
  const filter = [{ key: 'state', operator: 'ne', value: 'create' }] as const
  const { items } = imports.rows({ importId, query: { offset: 0, limit: 100, filter: [...filter] } })
  expect(items.map(({ row, state }) => `${row} ${state}`)).toEqual(['3 wrong', '4 skip', '5 conflict'])
  const path = join(folder, 'result.csv')
  expect(imports.nameFor({ importId, which: 'result' })).toBe('servers result.csv')
  await imports.save({ importId, which: 'result', path })
  const saved = await readFile(path, 'utf8')
  expect(saved).not.toContain('geheim')
  expect(saved).toContain('A,a.example,2,added,Added. The password was not saved: The keychain is locked')
  expect(saved).toMatch(/B,http:\/\/b.example,3,invalid,.*Plain HTTP/)
  expect(saved).toContain('A,a.example,4,duplicate,Same as row 2')
  expect(saved).toMatch(/Other,known.example,5,conflict,.*Already in the workspace as Known/)
  expect(saved).toContain('C,c.example,6,added,')
  const refusal = 'This import has already been applied'
  await expect(imports.apply({ importId })).rejects.toThrow(refusal)
  await expect(imports.setSeparator({ importId, separator: ';' })).rejects.toThrow(refusal)
  expect(() => imports.map({ importId, mapping: ['name', 'address', 'password', null] })).toThrow(refusal)
  expect(() => imports.change({ importId, isExcluded: true })).toThrow(refusal)
  expect(() => imports.setFirstRow({ importId, isHeader: false })).toThrow(refusal)
  expect(workspace.list()).toHaveLength(3)
  imports.close({ importId })
  await expect(imports.apply({ importId })).rejects.toThrow('This import is no longer open')
})

test('the cells of a column that nobody knows are shown once it is mapped to a field that is no secret', async () => {
  const path = join(folder, 'servers.csv')
  await writeFile(path, 'Host,Card,Pass\npbx.example.com,Card 7,geheim\n')
  const { importId, columns } = await imports.read(path)
  expect(columns).toEqual([{ name: 'Host', samples: ['pbx.example.com'] }, { name: 'Card' }, { name: 'Pass' }])
  expect(imports.columns({ importId, mapping: ['address', 'notes', 'password'] })).toEqual([
    { name: 'Host', samples: ['pbx.example.com'] },
    { name: 'Card', samples: ['Card 7'] },
    { name: 'Pass' },
  ])
  expect(imports.columns({ importId, mapping: ['address', null, null] })).toEqual(columns)
})

test('the first of several servers without a header is a row, and its password no name of a column', async () => {
  const path = join(folder, 'servers.csv')
  await writeFile(path, 'pbx1.example;admin;Hidden#123\npbx2.example;user;password\npbx3.example;admin;x\n')
  const file = await imports.read(path)
  expect(file).toMatchObject({ rows: 3, isFirstRowHeader: false, notes: [] })
  expect(JSON.stringify(file)).not.toContain('Hidden')
})

test.each([
  ['a comment', '# Hidden#123\nname,address\nA,a.example\n', 'Row skipped as a comment or title: row 1'],
  [
    'comments and a title',
    '# x\n\n# Hidden#123\nHidden#124\nname;address;password\nA;a.example;Hidden#125\n',
    '3 rows skipped as comments or titles: rows 1, 3, 4',
  ],
  [
    'many comments',
    `${'# Hidden#123\n'.repeat(12)}name;address\nA;a.example\n`,
    '12 rows skipped as comments or titles: rows 1, 2, 3, 4, 5, 6, 7, 8, 9, 10 and 2 other rows',
  ],
  ['a list', '192.0.2.1\n# Hidden#123\n192.0.2.2\n', 'Row skipped as a comment or title: row 2'],
  [
    'JSON',
    '[{"pw":"Hidden#123"},{"name":"A","address":"a.example"},{"name":"B","address":"b.example"}]',
    'Row skipped as a comment or title: row 1',
  ],
])('of skipped rows only their numbers are shown: %s', async (_, text, note) => {
  const path = join(folder, 'servers.csv')
  await writeFile(path, text)
  for (const file of [await imports.read(path), await imports.paste(text)]) {
    expect(file.notes).toEqual([note])
    expect(JSON.stringify(file)).not.toContain('Hidden')
  }
})
