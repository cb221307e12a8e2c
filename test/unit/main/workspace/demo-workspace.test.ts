import { existsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { createDemoWorkspace, type DemoDeps } from '@main/services/demo-workspace'
import { temporaryFolder } from '../storage/temporary'
import { draft, namesOf, openWorkspace, pin } from './drafts'

const server = (name: string, port: number) => ({
  name,
  url: `https://127.0.0.1:${port}`,
  username: 'admin',
  password: `password of ${name}`,
  role: 'SystemAdmin',
  fingerprint256: pin.fingerprint256,
})

function demo(content: unknown, change: Partial<DemoDeps> = {}) {
  const folder = temporaryFolder()
  const file = join(folder, 'demo.json')
  if (content !== undefined) writeFileSync(file, JSON.stringify(content))
  const workspace = openWorkspace(folder)
  const remembered = new Map<string, string>()
  const reports: string[] = []
  const deps: DemoDeps = {
    file,
    packaged: false,
    workspace,
    probe: async () => pin,
    remember: async (id, password) => void remembered.set(workspace.get(id).name, password),
    report: (what) => reports.push(what),
    ...change,
  }
  return { file, workspace, remembered, reports, deps }
}

it('fills an empty workspace once, pinned, and deletes the file with the passwords', async () => {
  const { deps, workspace, remembered, file } = demo([server('Large', 1), server('Small', 2)])
  await createDemoWorkspace(deps)
  expect(workspace.list()).toMatchObject([
    { name: 'Large', folder: 'Practice', pin, address: 'https://127.0.0.1:1', username: 'admin' },
    { name: 'Small', folder: 'Practice', pin },
  ])
  expect([...remembered]).toEqual([
    ['Large', 'password of Large'],
    ['Small', 'password of Small'],
  ])
  expect(existsSync(file)).toBe(false)
  await createDemoWorkspace(deps)
  expect(namesOf(workspace)).toEqual(['Large', 'Small'])
})

it('pins no certificate that was not announced, and continues if one does not respond', async () => {
  const other = { ...pin, fingerprint256: pin.fingerprint256.replaceAll('AB', 'CD') }
  const { deps, workspace, reports } = demo([server('Other', 1), server('Silent', 2)], {
    probe: (url) => (url.endsWith(':1') ? Promise.resolve(other) : Promise.reject(new Error('no answer'))),
    remember: () => Promise.reject(new Error('keychain locked')),
  })
  await createDemoWorkspace(deps)
  expect(workspace.list().map((record) => record.pin)).toEqual([undefined, undefined])
  expect(reports).toHaveLength(4)
})

it('does nothing in a packaged app, in a workspace with servers, and without the file', async () => {
  const packaged = demo([server('A', 1)], { packaged: true })
  await createDemoWorkspace(packaged.deps)
  const used = demo([server('A', 1)])
  await used.workspace.add(draft({ name: 'Mine' }))
  await createDemoWorkspace(used.deps)
  const without = demo(undefined)
  await createDemoWorkspace(without.deps)
  expect([packaged, used, without].map(({ workspace }) => namesOf(workspace))).toEqual([[], ['Mine'], []])
})
