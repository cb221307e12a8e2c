import { existsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { makeIdentity } from '@demo/certificate'
import { createDemoWorkspace, type DemoDeps } from '@main/services/demo-workspace'
import { temporaryFolder } from '../storage/temporary'
import { draft, namesOf, openWorkspace } from './drafts'

const { cert: certificate, fingerprint256 } = await makeIdentity('valid-self-signed')

const server = (name: string, port: number) => ({
  name,
  url: `https://127.0.0.1:${port}`,
  username: 'admin',
  password: `password of ${name}`,
  role: 'SystemAdmin',
  certificate,
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
    remember: async (id, password) => void remembered.set(workspace.get(id).name, password),
    report: (what) => reports.push(what),
    ...change,
  }
  return { file, workspace, remembered, reports, deps }
}

it('fills an empty workspace once, pinned, and deletes the file with the passwords', async () => {
  const { deps, workspace, remembered, file } = demo([server('Large', 1), server('Small', 2)])
  await createDemoWorkspace(deps)
  const pin = { fingerprint256, subject: expect.stringContaining('CN=localhost') }
  expect(workspace.list()).toMatchObject([
    { name: 'Large', folder: 'Practice', tags: ['practice'], pin, address: 'https://127.0.0.1:1', username: 'admin' },
    { name: 'Small', folder: 'Practice', tags: ['practice'], pin },
  ])
  expect([...remembered]).toEqual([
    ['Large', 'password of Large'],
    ['Small', 'password of Small'],
  ])
  expect(existsSync(file)).toBe(false)
  await createDemoWorkspace(deps)
  expect(namesOf(workspace)).toEqual(['Large', 'Small'])
})

it('uses folder and tags of a server, and leaves out the pin and the password that it does not have', async () => {
  const { deps, workspace, remembered } = demo([
    { ...server('Bare', 1), password: undefined, certificate: undefined, folder: 'Iberia', tags: ['gold', 'hosted'] },
  ])
  await createDemoWorkspace(deps)
  expect(workspace.list()).toMatchObject([{ name: 'Bare', folder: 'Iberia', tags: ['gold', 'hosted'] }])
  expect(workspace.list()[0]?.pin).toBeUndefined()
  expect(remembered.size).toBe(0)
})

it('adds all servers before the first password, which a locked keychain keeps waiting', async () => {
  const { deps, file, reports, workspace } = demo([server('A', 1), server('B', 2)])
  const added: (readonly string[])[] = []
  const remember = (): Promise<void> => {
    added.push(namesOf(workspace))
    return Promise.reject(new Error('keychain locked'))
  }
  await createDemoWorkspace({ ...deps, remember })
  expect(added).toEqual([
    ['A', 'B'],
    ['A', 'B'],
  ])
  expect(reports).toEqual(['a demo password was not kept', 'a demo password was not kept'])
  expect(existsSync(file)).toBe(false)
})

it.each([
  { tags: 'gold' },
  { folder: 'Two\nlines' },
  { tags: [''] },
  { certificate: 'none' },
  { name: '' },
  { url: 'ftp://x' },
])('adds no server if one is not valid: %o', async (fault) => {
  const { deps, workspace } = demo([server('A', 1), { ...server('B', 2), ...fault }])
  await expect(createDemoWorkspace(deps)).rejects.toThrow()
  expect(namesOf(workspace)).toEqual([])
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
