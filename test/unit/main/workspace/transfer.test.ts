import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { temporaryFolder } from '../storage/temporary'
import { draft, namesOf, openWorkspace, pin } from './drafts'

const profile = temporaryFolder

describe('a workspace is imported by another installation', () => {
  it('with pins and order, without practice servers, with new IDs, and reports existing servers', async () => {
    const file = join(temporaryFolder(), 'workspace.json')
    const from = openWorkspace(profile())
    const a = await from.add(draft({ name: 'A', tags: ['x'], folder: 'North' }), { pin })
    await from.add(draft({ name: 'P', address: '127.0.0.1' }), { practice: true })
    await from.add(draft({ name: 'B', address: '10.0.0.5' }))
    await from.exportTo(file)

    const to = openWorkspace(profile())
    await to.add(draft({ name: 'B as it is called here', address: 'https://10.0.0.5:8887' }))
    expect(await to.importFrom(file)).toEqual({ imported: true, added: 1, skipped: ['B'] })
    expect(namesOf(to)).toEqual(['B as it is called here', 'A'])
    expect(to.list()[1]).toEqual({ ...a, id: expect.not.stringContaining(a.id) as string })
    expect(await to.importFrom(file)).toEqual({ imported: true, added: 0, skipped: ['A', 'B'] })
  })

  it('with only the fields of a record: a secret that was added to the file by hand is ignored', async () => {
    const file = join(temporaryFolder(), 'w.json')
    const secret = 'planted-secret'
    const server = { name: 'A', address: 'pbx.example.com', password: secret, access_token: secret }
    const content = { format: 'pbx-fleet-workspace', version: 1, exportedAt: '', servers: [server] }
    writeFileSync(file, JSON.stringify(content))
    const folder = profile()
    const workspace = openWorkspace(folder)
    await workspace.importFrom(file)
    expect(workspace.list()[0]).toMatchObject({ name: 'A', protection: 'ask', remember: true })
    expect(readFileSync(join(folder, 'workspace.json'), 'utf8')).not.toContain(secret)
  })

  const broken: readonly [string, string, RegExp][] = [
    ['empty', '', /is empty/],
    ['a picture', '\u0089PNG', /not valid JSON/],
    ['other JSON', '{"version":1}', /has an unexpected structure/],
    ['newer', '{"format":"pbx-fleet-workspace","version":7}', /newer version of PBX Fleet/],
    [
      'of one server with plain http',
      '{"format":"pbx-fleet-workspace","version":1,"exportedAt":"","servers":[{"name":"A","address":"http://pbx.example.com"}]}',
      /servers\.0\.address: Plain HTTP/,
    ],
    [
      'of a server without a name',
      '{"format":"pbx-fleet-workspace","version":1,"exportedAt":"","servers":[{"name":"A","address":"x"},{"name":"","address":"y"}]}',
      /servers\.1\.name: Enter a name/,
    ],
  ]
  it.each(broken)('reports the error in a file that is %s, and imports nothing', async (_kind, text, words) => {
    const file = join(temporaryFolder(), 'theirs.json')
    writeFileSync(file, text)
    const workspace = openWorkspace(profile())
    const error: unknown = await workspace.importFrom(file).catch((reason: unknown) => reason)
    expect(error).toMatchObject({ detail: { code: 'damaged', message: expect.stringMatching(words) as string } })
    expect(error).toMatchObject({ detail: { message: expect.stringContaining('theirs.json') as string } })
    expect(workspace.list()).toEqual([])
  })

  it('reports a file that is missing, too large, or cannot be written', async () => {
    const folder = temporaryFolder()
    const workspace = openWorkspace(profile())
    await expect(workspace.importFrom(join(folder, 'no.json'))).rejects.toMatchObject({ detail: { code: 'disk' } })
    writeFileSync(join(folder, 'big.json'), Buffer.alloc(51 * 1024 * 1024, 32))
    await expect(workspace.importFrom(join(folder, 'big.json'))).rejects.toThrow(
      /big\.json has 51 MB, and the limit is 50 MB/,
    )
    await expect(workspace.exportTo(join(folder, 'no', 'w.json'))).rejects.toMatchObject({ detail: { code: 'disk' } })
  })
})

it('1,000 servers are imported together, skipped the second time, changed, moved, removed and read again', async () => {
  const folder = profile()
  const file = join(folder, 'in.json')
  const servers = Array.from({ length: 1000 }, (_, n) =>
    draft({ name: `Server ${n}`, address: `pbx-${n}.example.com` }),
  )
  writeFileSync(file, JSON.stringify({ format: 'pbx-fleet-workspace', version: 1, exportedAt: '', servers }))
  const workspace = openWorkspace(folder)
  let events = 0
  workspace.onChange(() => events++)
  expect(await workspace.importFrom(file)).toMatchObject({ added: 1000 })
  // One save and one event for the window, not a thousand.
  expect(events).toBe(1)
  expect(await workspace.importFrom(file)).toMatchObject({ added: 0, skipped: { length: 1000 } })
  const last = workspace.list().at(-1)?.id ?? ''
  await workspace.move(last, workspace.list()[0]?.id ?? '', 'Folder')
  await workspace.update(last, draft({ name: 'Changed', address: 'changed.example.com' }))
  expect(openWorkspace(folder).list()[0]).toMatchObject({ id: last, name: 'Changed' })
  await workspace.remove(workspace.list().map((server) => server.id))
  expect(openWorkspace(folder).list()).toEqual([])
})
