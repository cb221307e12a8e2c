import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeEach, expect, it, vi } from 'vitest'
import { channels } from '@shared/ipc/channels'
import { registerAppIpc } from '@main/ipc/app.ipc'
import { openGate } from '@main/ipc/gate'
import { registerWorkspaceIpc } from '@main/ipc/workspace.ipc'
import { scriptedDialogs } from '@main/services/dialogs'
import { AppLog } from '@main/services/log'
import { showLog } from '@main/services/show-log'
import { asked, call, clipboardState } from '@test/fakes/electron'
import { temporaryFolder } from '../storage/temporary'
import { draft, openWorkspace } from './drafts'

vi.mock('electron', () => import('@test/fakes/electron'))

const opened: string[] = []
openGate(channels, async () => undefined)

beforeEach(() => {
  asked.splice(0)
  clipboardState.refuses = false
})

function workspaceChannels(answers: readonly (string | null)[]) {
  const folder = temporaryFolder()
  const script = join(folder, 'answers.json')
  writeFileSync(script, JSON.stringify(answers))
  const workspace = openWorkspace(folder)
  registerWorkspaceIpc({
    workspace,
    dialogs: scriptedDialogs(script),
    openPortal: async (url) => void opened.push(url),
  })
  return { folder, workspace }
}

it('servers are added, exported and imported through the channels; Cancel changes nothing', async () => {
  const file = join(temporaryFolder(), 'mine')
  const { workspace } = workspaceChannels([file, null, null, `${file}.json`])
  expect(await call('workspace:add', { draft: draft() })).toMatchObject({ ok: true, value: { name: 'Berlin' } })
  expect(await call('workspace:export', {})).toEqual({ ok: true, value: { saved: true, name: 'mine.json' } })
  expect(readFileSync(`${file}.json`, 'utf8')).toContain('Berlin')
  expect(await call('workspace:export', {})).toEqual({ ok: true, value: { saved: false, name: '' } })
  expect(await call('workspace:import', {})).toEqual({ ok: true, value: { imported: false, added: 0, skipped: [] } })
  const again = { imported: true, added: 0, skipped: ['Berlin'] }
  expect(await call('workspace:import', {})).toEqual({ ok: true, value: again })
  expect(workspace.list()).toHaveLength(1)
})

it('an invalid address is returned as an error of its field', async () => {
  workspaceChannels([])
  expect(await call('workspace:add', { draft: draft({ address: 'http://pbx.example.com' }) })).toMatchObject({
    ok: false,
    error: { code: 'rejected', fields: [{ path: 'address' }] },
  })
})

it('the window cannot set a pin, an ID or a practice mark', async () => {
  const { workspace } = workspaceChannels([])
  const id = '00000000-0000-4000-8000-000000000001'
  await call('workspace:add', { draft: { ...draft(), id, practice: true, pin: {}, activeAddress: 'second' } })
  expect(workspace.list()[0]).toEqual({
    ...draft({ address: 'https://pbx.example.com:8887' }),
    id: expect.not.stringContaining(id) as string,
    activeAddress: 'first',
  })
})

it('links are named, not passed: only our own list is opened, and only over HTTPS', async () => {
  const log = new AppLog({ folder: join(temporaryFolder(), 'logs'), packaged: true })
  registerAppIpc({ showLog: () => showLog(log) })
  for (const link of ['https://evil.example', 'file:///etc/passwd', '__proto__', 'constructor', '', 7]) {
    expect(await call('app:openLink', { link })).toMatchObject({ ok: false, error: { code: 'invalid-arguments' } })
  }
  expect(asked).toEqual([])
  await call('app:openLink', { link: 'handbook' })
  await call('app:openLink', { link: 'licenses' })
  expect(asked).toEqual([expect.stringMatching(/^open https:/), expect.stringMatching(/^open https:/)])
})

it('text is copied unchanged, the log is shown in its folder, and the versions are reported', async () => {
  const log = new AppLog({ folder: join(temporaryFolder(), 'logs'), packaged: true })
  registerAppIpc({ showLog: () => showLog(log) })
  await call('app:copy', { text: 'a\tb\u202E' })
  await call('app:showLog', {})
  expect(asked).toEqual(['copy a\tb\u202E', `show ${log.file}`])
  expect(readFileSync(log.file, 'utf8')).toContain('log file shown')
  expect(await call('app:info', {})).toMatchObject({ ok: true, value: { name: 'PBX Fleet', packaged: false } })
})

it('text that the system cannot copy is not reported as copied', async () => {
  const log = new AppLog({ folder: join(temporaryFolder(), 'logs'), packaged: true })
  registerAppIpc({ showLog: () => showLog(log) })
  clipboardState.refuses = true
  expect(await call('app:copy', { text: 'a' })).toMatchObject({ ok: false, error: { code: 'internal' } })
  expect(asked).toEqual([])
})

it('the web portal of a server is opened at the address in use, in the browser', async () => {
  const { workspace } = workspaceChannels([])
  const { id } = await workspace.add(draft())
  opened.splice(0)
  expect(await call('workspace:openPortal', { serverId: id })).toEqual({ ok: true, value: null })
  expect(opened).toEqual([workspace.get(id).address])
})
