import { readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { ServerRecord } from '@shared/domain/server'
import type { WorkspaceView } from '@shared/domain/workspace'
import { temporaryFolder } from '../storage/temporary'
import { draft, namesOf, openWorkspace } from './drafts'

const unknown = '00000000-0000-4000-8000-000000000000'

/** Servers A, B and C after a start of the app. */
async function opened(folders: readonly [string, string, string] = ['', '', '']) {
  const folder = temporaryFolder()
  const workspace = openWorkspace(folder)
  const [a, b, c] = ['A', 'B', 'C'].map((name, at) => draft({ name, folder: folders[at] ?? '' }))
  if (a === undefined || b === undefined || c === undefined) throw new Error('Not added')
  const ids = [await workspace.add(a), await workspace.add(b), await workspace.add(c)].map(({ id }) => id)
  const views: WorkspaceView[] = []
  workspace.onChange((view) => void views.push(view))
  const records = (): readonly ServerRecord[] => openWorkspace(folder).list()
  /** Each save makes a new file. */
  const savedFile = (): number => statSync(join(folder, 'workspace.json')).ino
  return { folder, workspace, ids, views, records, savedFile }
}

describe('pausing', () => {
  it('pauses and resumes several servers in one change, and is on disk', async () => {
    const { workspace, ids, views, records } = await opened()
    const [a = '', , c = ''] = ids
    await workspace.setPaused([a, c], true)
    expect(records().map(({ paused }) => paused)).toEqual([true, undefined, true])
    expect(workspace.get(a).paused).toBe(true)
    expect(views.map(({ servers }) => servers.map(({ paused }) => paused))).toEqual([[true, undefined, true]])
    await workspace.setPaused([c], false)
    expect(records().map(({ paused }) => paused)).toEqual([true, undefined, undefined])
  })

  it('leaves no trace in the record of a resumed server', async () => {
    const { workspace, ids, folder } = await opened()
    const [a = ''] = ids
    const before = workspace.get(a)
    await workspace.setPaused([a], true)
    await workspace.setPaused([a], false)
    expect(workspace.get(a)).toEqual(before)
    expect(readFileSync(join(folder, 'workspace.json'), 'utf8')).not.toContain('paused')
  })

  it('ignores servers that were removed meanwhile, and keeps the order', async () => {
    const { workspace, ids, records } = await opened()
    await workspace.setPaused([unknown, ids[1] ?? ''], true)
    expect(records().map(({ name, paused }) => `${name} ${paused === true}`)).toEqual(['A false', 'B true', 'C false'])
  })

  it.each([
    ['removed servers', [unknown], true],
    ['none', [], true],
    ['servers that are not paused', 'all', false],
  ] as const)('of %s saves nothing', async (_, which, paused) => {
    const { workspace, ids, savedFile } = await opened()
    const before = savedFile()
    await workspace.setPaused(which === 'all' ? ids : which, paused)
    expect(savedFile()).toBe(before)
  })

  it('remains when the server is edited', async () => {
    const { workspace, ids } = await opened()
    const [a = ''] = ids
    await workspace.setPaused([a], true)
    expect((await workspace.update(a, draft({ name: 'Hamburg' }))).paused).toBe(true)
  })
})

describe('renaming a folder', () => {
  const foldersOf = (records: readonly ServerRecord[]) => records.map(({ folder }) => folder)

  it('renames it for all its servers, which keep their place', async () => {
    const { workspace, views, records } = await opened(['North', 'South', 'North'])
    await workspace.renameFolder('North', ' Far north ')
    expect(foldersOf(records())).toEqual(['Far north', 'South', 'Far north'])
    expect([namesOf(workspace), views.length]).toEqual([['A', 'B', 'C'], 1])
  })

  it('keeps the folders in the order for people, each once', async () => {
    const { workspace, views } = await opened(['Region 10', 'Région 2', 'Region 10'])
    expect(workspace.view().folders).toEqual(['Région 2', 'Region 10'])
    await workspace.renameFolder('Region 10', 'Region 1')
    expect(views.at(-1)?.folders).toEqual(['Region 1', 'Région 2'])
  })

  it('joins a folder that has this name', async () => {
    const { workspace, records } = await opened(['North', 'South', ''])
    await workspace.renameFolder('North', 'South')
    expect(foldersOf(records())).toEqual(['South', 'South', ''])
  })

  it('to nothing moves its servers out of it', async () => {
    const { workspace, records } = await opened(['North', 'South', 'North'])
    await workspace.renameFolder('North', '  ')
    expect(foldersOf(records())).toEqual(['', 'South', ''])
  })

  it.each([
    ['that has no servers', 'West', 'East'],
    ['to its own name', 'North', 'North '],
  ])('%s saves nothing', async (_, from, to) => {
    const { workspace, savedFile } = await opened(['North', 'South', ''])
    const before = savedFile()
    await workspace.renameFolder(from, to)
    expect(savedFile()).toBe(before)
  })

  it('that would be invalid changes nothing', async () => {
    const { workspace, records, views } = await opened(['North', 'South', ''])
    await expect(workspace.renameFolder('North', 'x'.repeat(121))).rejects.toThrow()
    expect([foldersOf(workspace.list()), foldersOf(records()), views]).toEqual([
      ['North', 'South', ''],
      ['North', 'South', ''],
      [],
    ])
  })
})
