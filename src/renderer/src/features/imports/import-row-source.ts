import type { ImportRow } from '@shared/domain/import'
import type { RowSource } from '@/components/table/types'
import { invoke } from '@/ipc/client'
import { shownRow } from './import-text'

/** The rows of an import for a table; another `revision` loads them again. */
export const importRowSource = (importId: string, revision: number): RowSource<ImportRow> => ({
  revision,
  async load(query) {
    const reply = await invoke('imports:rows', { importId, query })
    return reply.ok ? { ok: true, value: { ...reply.value, items: reply.value.items.map(shownRow) } } : reply
  },
})
