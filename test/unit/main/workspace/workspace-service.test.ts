import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { ServerRecord } from '@shared/domain/server'
import type { WorkspaceView } from '@shared/domain/workspace'
import { temporaryFolder } from '../storage/temporary'
import { draft, namesOf, openWorkspace, pin } from './drafts'

describe('servers are added, changed and removed', () => {
  it('keeps everything across a restart, with normalized addresses and unique tags', async () => {
    const folder = temporaryFolder()
    const workspace = openWorkspace(folder)
    const added = await workspace.add(
      draft({ secondAddress: '2001:db8::5', tags: ['vip', 'vip', 'eu'], colour: 'red', notes: 'line 1\nline 2' }),
    )
    expect(added).toMatchObject({
      address: 'https://pbx.example.com:8887',
      secondAddress: 'https://[2001:db8::5]:8887',
      tags: ['vip', 'eu'],
      activeAddress: 'first',
    })
    expect(openWorkspace(folder).get(added.id)).toEqual(added)
  })

  it('names the field of each invalid address, and changes nothing', async () => {
    const workspace = openWorkspace(temporaryFolder())
    await expect(
      workspace.add(draft({ address: 'http://pbx.example.com', secondAddress: 'ftp://x' })),
    ).rejects.toMatchObject({
      detail: {
        code: 'rejected',
        fields: [
          { path: 'address', message: expect.stringContaining('https') as string },
          { path: 'secondAddress', message: expect.stringContaining('ftp') as string },
        ],
      },
    })
    expect(workspace.list()).toEqual([])
  })

  it('allows plain HTTP only to loopback, and the same address twice', async () => {
    const workspace = openWorkspace(temporaryFolder())
    await workspace.add(draft({ address: 'http://127.0.0.1:8888' }))
    await workspace.add(draft({ address: 'http://127.0.0.1:8888' }))
    expect(workspace.list()).toHaveLength(2)
  })

  it('places a copy behind its original under an unused name within the maximum length', async () => {
    const workspace = openWorkspace(temporaryFolder())
    const first = await workspace.add(draft({ name: 'A' }), { practice: true, pin })
    await workspace.add(draft({ name: 'B' }))
    const copy = await workspace.duplicate(first.id)
    await workspace.duplicate(first.id)
    expect(namesOf(workspace)).toEqual(['A', 'A (copy 2)', 'A (copy)', 'B'])
    expect(copy).toMatchObject({ pin, address: first.address })
    expect(copy.practice).toBeUndefined()
    const long = await workspace.add(draft({ name: `${'x'.repeat(112)}\u{1F600}yyyyyy` }))
    expect((await workspace.duplicate(long.id)).name).toBe(`${'x'.repeat(112)} (copy)`)
  })

  it('moves a server in front of another one, to the end, into a folder, and nowhere', async () => {
    const folder = temporaryFolder()
    const workspace = openWorkspace(folder)
    const [a, b, c] = await Promise.all(['A', 'B', 'C'].map((name) => workspace.add(draft({ name }))))
    const id = (server: ServerRecord | undefined): string => server?.id ?? ''
    await workspace.move(id(c), id(a), 'North')
    expect(namesOf(workspace)).toEqual(['C', 'A', 'B'])
    await workspace.move(id(c), null, ' South ')
    await workspace.move(id(a), id(a), 'South')
    expect(namesOf(openWorkspace(folder))).toEqual(['A', 'B', 'C'])
    expect(workspace.list().map((server) => server.folder)).toEqual(['South', '', 'South'])
    await expect(workspace.move(id(b), '00000000-0000-4000-8000-000000000000', '')).rejects.toThrow(
      /no longer in the workspace/,
    )
  })

  it('reports removed servers once they are deleted from disk, and ignores unknown ones', async () => {
    const folder = temporaryFolder()
    const workspace = openWorkspace(folder)
    const a = await workspace.add(draft({ name: 'A' }))
    const b = await workspace.add(draft({ name: 'B' }))
    const removedIds: (readonly string[])[] = []
    workspace.onRemoved(async (ids) => {
      expect(namesOf(openWorkspace(folder))).toEqual(['B'])
      removedIds.push(ids)
    })
    await workspace.remove([a.id, '00000000-0000-4000-8000-000000000000'])
    await workspace.remove([a.id])
    expect(removedIds).toEqual([[a.id]])
    expect(() => workspace.get(a.id)).toThrow(/no longer in the workspace/)
    await expect(workspace.update(a.id, draft())).rejects.toMatchObject({ detail: { code: 'not-found' } })
    expect(workspace.get(b.id).name).toBe('B')
  })

  it('reports a removal whose follow-up failed', async () => {
    const workspace = openWorkspace(temporaryFolder())
    const a = await workspace.add(draft())
    workspace.onRemoved(() => Promise.reject(new Error('keychain locked')))
    await expect(workspace.remove([a.id])).rejects.toThrow('keychain locked')
    expect(workspace.list()).toEqual([])
  })
})

describe('a changed address', () => {
  const cases: readonly [string, Parameters<typeof draft>[0], boolean][] = [
    ['another host', { address: 'other.example.com' }, false],
    ['another port of the same host', { address: 'pbx.example.com:8443' }, true],
    ['another second host', { secondAddress: '10.9.9.9' }, false],
    ['no second host any more', { secondAddress: '' }, true],
    ['the two swapped', { address: '10.8.0.1', secondAddress: 'pbx.example.com' }, true],
    ['does not cover the address', { name: 'Hamburg' }, true],
  ]
  it.each(cases)('to %s: the pin remains is %#', async (_what, change, kept) => {
    const workspace = openWorkspace(temporaryFolder())
    const base = { secondAddress: '10.8.0.1' }
    const { id } = await workspace.add(draft(base), { pin })
    const after = await workspace.update(id, draft({ ...base, ...change }))
    expect((after.pin ?? after.secondPin) !== undefined).toBe(kept)
  })

  it('keeps the pin when a second address is added, and uses a new one in the patch', async () => {
    const workspace = openWorkspace(temporaryFolder())
    const { id } = await workspace.add(draft(), { pin })
    expect((await workspace.update(id, draft({ secondAddress: '10.8.0.1' }))).pin).toEqual(pin)
    const other = { ...pin, subject: 'CN=other' }
    expect((await workspace.patch(id, { address: 'https://other.example.com:8887', pin: other })).pin).toEqual(other)
    expect((await workspace.patch(id, { pin: undefined })).pin).toBeUndefined()
  })

  it('moves the pins with their addresses', async () => {
    const workspace = openWorkspace(temporaryFolder())
    const secondPin = { ...pin, subject: 'CN=proxy' }
    const { id } = await workspace.add(draft({ secondAddress: '10.8.0.1' }), { pin })
    await workspace.patch(id, { secondPin })
    const swapped = await workspace.update(id, draft({ address: '10.8.0.1', secondAddress: 'pbx.example.com' }))
    expect(swapped).toMatchObject({ pin: secondPin, secondPin: pin })
    const alone = await workspace.update(id, draft({ address: '10.8.0.1', secondAddress: '' }))
    expect(alone).toMatchObject({ pin: secondPin })
    expect(alone.secondPin).toBeUndefined()
  })

  it('switches to the first address when the second one is removed', async () => {
    const workspace = openWorkspace(temporaryFolder())
    const { id } = await workspace.add(draft({ secondAddress: '10.8.0.1' }))
    expect((await workspace.patch(id, { activeAddress: 'second' })).activeAddress).toBe('second')
    expect((await workspace.update(id, draft())).activeAddress).toBe('first')
  })

  it('is reported with the record before and after, before the window is notified', async () => {
    const workspace = openWorkspace(temporaryFolder())
    const { id } = await workspace.add(draft(), { pin })
    const order: string[] = []
    workspace.onRecordChanged((before, after) => void order.push(`${before.address} -> ${after.address}`))
    workspace.onChange((view: WorkspaceView) => void order.push(view.servers[0]?.address ?? ''))
    await workspace.update(id, draft({ address: 'other.example.com' }))
    const [from, to] = ['https://pbx.example.com:8887', 'https://other.example.com:8887']
    expect(order).toEqual([`${from} -> ${to}`, to])
  })
})

describe('the file', () => {
  it('damaged: the window is notified, and the last good one is restored with later additions', async () => {
    const folder = temporaryFolder()
    const workspace = openWorkspace(folder)
    await workspace.add(draft({ name: 'A' }))
    await workspace.add(draft({ name: 'B' }))
    writeFileSync(join(folder, 'workspace.json'), '')
    const again = openWorkspace(folder)
    expect(again.view()).toMatchObject({
      servers: [],
      problem: { kind: 'damaged', keptAs: expect.stringContaining('.damaged-') as string, lastGood: { servers: 1 } },
    })
    await again.add(draft({ name: 'C' }))
    const view = await again.restore()
    expect(view.problem).toBeUndefined()
    expect(namesOf(openWorkspace(folder))).toEqual(['A', 'C'])
    expect(again.get(view.servers[0]?.id ?? '').name).toBe('A')
  })

  it('that is restored notifies of each server that it changes, before the window', async () => {
    const folder = temporaryFolder()
    const workspace = openWorkspace(folder)
    const { id } = await workspace.add(draft({ name: 'A', username: 'first' }))
    await workspace.add(draft({ name: 'B' }))
    writeFileSync(join(folder, 'workspace.json'), '')
    const again = openWorkspace(folder)
    await again.add(draft({ name: 'A', username: 'second' }), { id })
    const order: string[] = []
    again.onRecordChanged((before, after) => void order.push(`${before.username} -> ${after.username}`))
    again.onChange((view) => void order.push(view.servers[0]?.username ?? ''))
    await again.restore()
    expect(order).toEqual(['second -> first', 'first'])
  })

  it('of a newer version: nothing is added, and the file remains unchanged', async () => {
    const folder = temporaryFolder()
    const text = '{"version":9,"servers":[]}'
    writeFileSync(join(folder, 'workspace.json'), text)
    const workspace = openWorkspace(folder)
    expect(workspace.view().problem?.kind).toBe('newer-version')
    await expect(workspace.add(draft())).rejects.toMatchObject({ detail: { code: 'read-only' } })
    expect(readFileSync(join(folder, 'workspace.json'), 'utf8')).toBe(text)
  })

  it('on a missing disk: the error names the folder, and the list remains unchanged', async () => {
    const folder = join(temporaryFolder(), 'profile')
    mkdirSync(folder)
    const workspace = openWorkspace(folder)
    const a = await workspace.add(draft({ name: 'A' }))
    rmSync(folder, { recursive: true })
    const views: WorkspaceView[] = []
    workspace.onChange((view) => void views.push(view))
    const refused = { detail: { code: 'disk', message: expect.stringContaining(folder) as string } }
    await expect(workspace.add(draft({ name: 'B' }))).rejects.toMatchObject(refused)
    await expect(workspace.remove([a.id])).rejects.toMatchObject(refused)
    expect([namesOf(workspace), views]).toEqual([['A'], []])
  })
})
