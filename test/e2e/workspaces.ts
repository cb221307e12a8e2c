import { randomUUID } from 'node:crypto'
import { mkdir, mkdtemp, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { defaultSettings } from '@shared/domain/default-settings'
import type { Settings } from '@shared/domain/settings'
import { emptyServerDraft, type ServerDraft, type ServerRecord } from '@shared/domain/server'

/** A server whose address nothing listens on. */
export const serverDraft = <Values extends Partial<ServerDraft> & Pick<ServerDraft, 'name'>>(
  values: Values,
): ServerDraft & Values => ({
  ...emptyServerDraft,
  address: 'https://127.0.0.1:9',
  ...values,
})

/** A server as it is in the workspace's file. */
export const serverRecord = (values: Partial<ServerRecord> & Pick<ServerRecord, 'name'>): ServerRecord => ({
  ...emptyServerDraft,
  address: 'https://127.0.0.1:9',
  activeAddress: 'first',
  id: randomUUID(),
  ...values,
})

/** Where the exports of a profile made here go. */
export const libraryOf = (profile: string): string => join(profile, 'library')

/** A fresh profile with these servers in its workspace, with a new library, or with that at `library`. */
export async function profileWith(servers: readonly ServerRecord[], library?: string): Promise<string> {
  const profile = await mkdtemp(join(tmpdir(), 'fleet-profile-'))
  await writeFile(join(profile, 'workspace.json'), JSON.stringify({ version: 1, servers }))
  const settings: Settings = { ...defaultSettings, libraryFolder: library ?? libraryOf(profile) }
  if (library === undefined) await mkdir(libraryOf(profile))
  await writeFile(join(profile, 'settings.json'), JSON.stringify(settings))
  return profile
}
