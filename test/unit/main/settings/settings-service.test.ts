import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { defaultSettings } from '@shared/domain/default-settings'
import type { Settings } from '@shared/domain/settings'
import { SettingsService, settingsStore } from '@main/services/settings-service'
import { othersThan, temporaryFolder } from '../storage/temporary'

const open = (folder: string): SettingsService => new SettingsService(settingsStore(join(folder, 'settings.json')))

it('begins with the defaults, keeps changes across a restart, and reports each change once', async () => {
  const folder = temporaryFolder()
  const settings = open(folder)
  expect(settings.get()).toEqual(defaultSettings)
  const changes: Settings[] = []
  const stop = settings.onChange((value) => void changes.push(value))
  const tables = { 'ip-rules': { widths: { cidr: 200 }, hidden: ['id'] } }
  await Promise.all([
    settings.patch({ theme: 'dark' }),
    settings.patch({ tables }),
    settings.patch({ sidebarWidth: 300 }),
  ])
  stop()
  await settings.patch({ libraryFolder: '/exports' })
  expect(changes).toHaveLength(3)
  expect(open(folder).get()).toEqual({
    ...defaultSettings,
    theme: 'dark',
    tables,
    sidebarWidth: 300,
    libraryFolder: '/exports',
  })
  await settings.patch({ libraryFolder: undefined })
  expect(open(folder).get().libraryFolder).toBeUndefined()
})

it('reads a view of an older version of the app, which is not grouped', () => {
  const folder = temporaryFolder()
  const { boardGrouped: _, boardCollapsed: __, ...older } = defaultSettings
  const view = { name: 'Gold', filter: 'tag:gold' }
  writeFileSync(join(folder, 'settings.json'), JSON.stringify({ ...older, boardViews: [view] }))
  const settings = open(folder)
  expect(settings.problem).toBeUndefined()
  expect(settings.get()).toEqual({ ...defaultSettings, boardViews: [{ ...view, grouped: false }] })
})

it('rejects a value that does not match its schema', async () => {
  const folder = temporaryFolder()
  const settings = open(folder)
  await expect(settings.patch({ sidebarWidth: 5000 })).rejects.toThrow()
  expect([settings.get(), othersThan(folder)]).toEqual([defaultSettings, []])
})

it('continues with the defaults if the file is damaged, and keeps that file', async () => {
  const folder = temporaryFolder()
  writeFileSync(join(folder, 'settings.json'), '{"version":1,"theme":"pink"}')
  const settings = open(folder)
  expect(settings.get()).toEqual(defaultSettings)
  expect(settings.problem).toMatchObject({ kind: 'damaged' })
  await settings.patch({ theme: 'light' })
  expect(open(folder).get().theme).toBe('light')
  expect(readFileSync(join(folder, settings.problem?.keptAs ?? ''), 'utf8')).toContain('pink')
})

it('notifies of alerts only if the user has turned that on, also with settings of an older version', () => {
  const folder = temporaryFolder()
  const { notifyAlerts, ...older } = defaultSettings
  writeFileSync(join(folder, 'settings.json'), JSON.stringify(older))
  const settings = open(folder)
  expect([notifyAlerts, settings.get().notifyAlerts, settings.problem]).toEqual([false, false, undefined])
})
