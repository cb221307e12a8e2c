import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { tmpdir } from 'node:os'
import { randomUUID } from 'node:crypto'
import { afterEach, describe, expect, test } from 'vitest'
import { maskedValue } from '@shared/domain/import'
import { overrideWord } from '@shared/domain/write'
import { defineList } from '@shared/resources/resource'
import { transport } from '@shared/resources/transport'
import { listTarget } from '@main/services/lists/list-target'
import { confirmed, ImportsHarness } from './harness'

let harness: ImportsHarness
afterEach(() => harness.close())

test('transports: existing ones are recognized by their port; guards and warnings come from the resource', async () => {
  harness = await ImportsHarness.start()
  const { file, plan } = await harness.plan(
    'Protocol,Port,Client certificate,id\nudp,5060,,1\nTCP,5061,,2\nTLS,5071,Optional,3\nUDP,5066,,4\nUDP,1.5,,5\nUDP,,,6\n',
    'transports',
  )
  expect(file.mapping).toEqual(['protocol', 'port', 'verification', null])
  expect(harness.rowTexts(file.importId)).toEqual([
    '2 skip: Already on the server',
    '3 conflict: On the server with other values. Protocol: TLS',
    '4 create',
    expect.stringMatching(/^5 create: Port 5066 is used by an SBC/),
    '6 wrong: Column Port: A whole number is expected (found “1.5”)',
    '7 wrong: Column Port: Port is required',
  ])
  expect(plan.guards).toMatchObject([{ kind: 'port-conflict', message: expect.stringMatching(/^Row 5: /) as string }])
  expect(plan.warnings).toHaveLength(1)
  await expect(harness.apply(file.importId)).rejects.toMatchObject({ detail: { code: 'guarded' } })
  const { counts } = await harness.apply(file.importId, { ...confirmed, override: overrideWord })
  expect(counts).toMatchObject({ done: 2, alreadyInPlace: 1, conflict: 1, notSent: 2 })
  expect(harness.sent('/transports')).toContainEqual({ protocol: 'TLS', port: 5071, verification: 'OPTIONAL' })
})

test('a tenant whose name has the separator in it is invalid and stays out of the import', async () => {
  harness = await ImportsHarness.start({ tenants: 0 })
  const text = [
    'name,domain,timezone,currency,region',
    'Acme,acme.example,Europe/Berlin,EUR,DEU,,',
    'Müller, Söhne,mueller.example.com,Europe/Berlin,EUR,DEU',
    '"Maier, Söhne",maier.example.com,Europe/Berlin,EUR,DEU',
    'Short,short.example,Europe/Berlin,EUR',
  ].join('\r\n')
  const { file, plan } = await harness.plan(text, 'tenants')
  expect(harness.rowTexts(file.importId)).toEqual([
    '2 create',
    '3 wrong: Row 3 has 6 cells, the header has 5. Put text that contains the separator in quotes.',
    '4 create',
    expect.stringMatching(/^5 wrong: Column region: /),
  ])
  expect(plan.counts).toMatchObject({ create: 2, wrong: 2 })
  await harness.apply(file.importId)
  expect(harness.sent('/tenants')).toMatchObject([{ domain: 'acme.example' }, { name: 'Maier, Söhne' }])

  const path = join(tmpdir(), `${randomUUID()}.csv`)
  await harness.imports.save({ importId: file.importId, which: 'wrong', path })
  const saved = await harness.imports.read(harness.serverId, 'tenants', path)
  await harness.imports.map({ importId: saved.importId, mapping: saved.mapping })
  expect(harness.rowTexts(saved.importId)[0]).toMatch(/^2 wrong: Row 2 has 9 cells, the header has 8/)
})

test('tenants: every problem of a row is named, those of its codes and those that only the server shows', async () => {
  harness = await ImportsHarness.start({ tenants: 0 })
  const { file } = await harness.plan(
    `name,domain,timezone,currency,region
A,a.example,Berlin,Dollar,Germny
B,sip.nordkabel.example,Europe/Berlin,EUR,DEU
`,
    'tenants',
  )
  const [codes = '', host = ''] = harness.rowTexts(file.importId)
  expect(codes).toMatch(/^2 wrong: /)
  for (const text of ['Column timezone: ', 'found “Berlin”', 'Column currency: ', 'found “Dollar”', 'Column region: '])
    expect(codes).toContain(text)
  expect(host).toMatch(/^3 wrong: .*It is the host of the trunk Nordkabel/)
})

test('tenants: names that other programs write for a zone, currency and country are sent as their codes', async () => {
  harness = await ImportsHarness.start({ tenants: 0 })
  const row = (codes: string) => `name,domain,timezone,currency,region\nA,a.example,${codes}\n`
  const first = await harness.plan(row('Romance Standard Time,euro,France'), 'tenants')
  await harness.apply(first.file.importId)
  const { file } = await harness.plan(row('Europe/Paris,EUR,FRA'), 'tenants')
  expect(harness.rowTexts(file.importId)).toEqual(['2 skip: Already on the server'])
})

test('tenants: a domain in another letter case is the same one, on the server as in the file', async () => {
  harness = await ImportsHarness.start({ tenants: 0 })
  const row = (domain: string) => `name,domain,timezone,currency,region\nA,${domain},Europe/Berlin,EUR,DEU\n`
  const first = await harness.plan(row('Case.Example'), 'tenants')
  await harness.apply(first.file.importId)
  const { file } = await harness.plan(`${row('CASE.EXAMPLE')}A,case.example,Europe/Berlin,EUR,DEU\n`, 'tenants')
  expect(harness.rowTexts(file.importId)).toEqual(['2 skip: Already on the server', '3 skip: Same as row 2'])
})

test('tenants: the requirements and limits of PBX 22.6 and later are checked before anything is sent', async () => {
  const long = `https://${'x'.repeat(130)}.example`
  const csv = `Name,SIP domain,Time zone,Currency,Region,Website
A,a.example,Africa/Luanda,AOA,AGO,https://a.example
B,b.example,Africa/Luanda,AOA,AGO,
C,c.example,Africa/Luanda,AOA,AGO,${long}
`
  harness = await ImportsHarness.start({ version: '22.6' })
  const { file } = await harness.plan(csv, 'tenants')
  expect(harness.rowTexts(file.importId)).toEqual([
    '2 create',
    expect.stringMatching(/^3 wrong: .*Website/),
    expect.stringMatching(/^4 wrong: .*Website.*128/),
  ])
})

describe('a resource with a password', () => {
  const secret = 'Kz7!plant-me'
  const { fields, ...rest } = transport
  const guarded = defineList({
    ...rest,
    id: 'transports',
    fields: [
      ...fields,
      { kind: 'secret', key: 'password', label: 'Password', required: true, writeOnly: true, minLength: 8 },
    ],
  })
  const start = () => ImportsHarness.start({}, {}, () => listTarget(guarded, undefined))
  const text = `protocol,port,password,Kennwort\nUDP,5070,${secret},${secret}\nUDP,5060,${secret},${secret}\nUDP,5072,${secret.slice(0, 5)},${secret}\n`

  test('sends it, and shows, saves and tells it nowhere', async () => {
    harness = await start()
    const { file } = await harness.plan(text, 'transports')
    expect(file.columns[2]).toEqual({ name: 'password' })
    expect(file.columns[3]).toEqual({ name: 'Kennwort' })
    expect(harness.rows(file.importId)[0]).toMatchObject({ password: maskedValue })
    expect(harness.rowTexts(file.importId).slice(1)).toEqual([
      '3 skip: Already on the server',
      '4 wrong: Column password: Minimum 8 characters',
    ])
    const { id } = await harness.apply(file.importId)
    expect(harness.sent('/transports')).toEqual([{ protocol: 'UDP', port: 5070, password: secret }])
    const path = join(tmpdir(), `${randomUUID()}.csv`)
    await harness.imports.save({ importId: file.importId, which: 'result', path })
    const saved = await readFile(path, 'utf8')
    expect(saved.split('\r\n').slice(0, 2)).toEqual([
      '\ufeffprotocol,port,import_row,import_outcome,import_reason',
      'UDP,5070,2,done,',
    ])
    const shownText = JSON.stringify([
      file,
      harness.rows(file.importId),
      harness.imports.get(file),
      saved,
      await harness.on.rows(id),
      await harness.on.shelf.csv(id),
      ...(await Promise.all(
        ['journal', 'plans'].map(async (folder) => {
          const [name = ''] = await readdir(join(harness.on.folder, folder))
          return readFile(join(harness.on.folder, folder, name), 'utf8')
        }),
      )),
    ])
    expect(shownText).not.toContain(secret.slice(0, 5))
  })

  test('keeps it to itself where a separator too many shifts it under another column', async () => {
    harness = await start()
    const { file } = await harness.plan(`protocol,password,port\nUDP,,${secret},5070\n`, 'transports')
    expect(harness.rowTexts(file.importId)[0]).toMatch(/^2 wrong: Row 2 has 4 cells/)
    const path = join(tmpdir(), `${randomUUID()}.csv`)
    await harness.imports.save({ importId: file.importId, which: 'wrong', path })
    const shown = JSON.stringify([file, harness.rows(file.importId), await readFile(path, 'utf8')])
    expect(shown).not.toContain(secret)
  })

  test('a version of the PBX that lacks a field is not offered it', async () => {
    harness = await start()
    const newer = defineList({
      ...rest,
      id: 'transports',
      fields: [...fields, { kind: 'text', key: 'note', label: 'Note', since: '22.6' }],
    })
    const keys = (version: string | undefined) => listTarget(newer, version).fields.map(({ key }) => key)
    expect(keys('22.2')).not.toContain('note')
    expect(keys('22.6.1')).toContain('note')
    expect(keys(undefined)).toContain('note')
  })
})
