import { dirname } from 'node:path'
import { defaultSettings } from '@shared/domain/default-settings'
import { settingsSchema } from '@shared/domain/settings'
import { workspaceFileSchema } from '@shared/domain/workspace'
import { toAppError } from '@main/to-app-error'
import { readPemFiles } from '@main/services/certificate/candidates'
import { Library } from '@main/services/exports/library'
import { readImport } from '@main/services/imports/read-import'
import { matchPasswords } from '@main/services/passwords/match-passwords'
import { readPlanFile } from '@main/services/plan-files/read-plan-file'
import { readWorkspaceFile } from '@main/services/workspace/transfer'
import { JsonStore } from '@main/storage/json-store'
import type { StoredKind } from './stored-inputs'

/** Messages to this program: read a file as this kind. */
export interface ToStored {
  readonly kind: StoredKind
  readonly path: string
}
export type FromStored =
  | { readonly ended: string; readonly message: string; readonly peakMegabytes: number }
  | { readonly ready: number }

/** What the app does with each kind; the text says what came of it. */
const readers: Readonly<Record<StoredKind, (path: string) => Promise<string>>> = {
  workspace: async (file) => {
    const store = new JsonStore({ file, schema: workspaceFileSchema, version: 1, empty: { version: 1, servers: [] } })
    return store.problem?.message ?? 'done'
  },
  settings: async (file) => {
    const store = new JsonStore({ file, schema: settingsSchema, version: 1, empty: defaultSettings })
    return store.problem?.message ?? 'done'
  },
  import: async (path) => {
    await readWorkspaceFile(path)
    return 'done'
  },
  manifest: async (path) => {
    const entries = await new Library(() => dirname(path)).list()
    return entries.every(({ manifest }) => manifest !== undefined) ? 'done' : 'unknown'
  },
  plan: async (path) => {
    await readPlanFile(path)
    return 'done'
  },
  pem: async (path) => {
    await readPemFiles([path])
    return 'done'
  },
  csv: async (path) => {
    await readImport(path)
    return 'done'
  },
  passwords: async (path) => {
    matchPasswords(await readImport(path, { raw: true }), [])
    return 'done'
  },
}

const send = (message: FromStored): void => void process.send?.(message)
const peak = (): number => process.resourceUsage().maxRSS / 1024

process.on('message', ({ kind, path }: ToStored) => {
  readers[kind](path).then(
    (text) => send({ ended: text === 'done' ? 'done' : 'damaged', message: text, peakMegabytes: peak() }),
    (error: unknown) => {
      const { code, message } = toAppError(error)
      send({ ended: code, message: code === 'internal' ? String(error) : message, peakMegabytes: peak() })
    },
  )
})
send({ ready: peak() })
