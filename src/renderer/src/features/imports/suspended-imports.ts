import { computed, shallowReactive } from 'vue'
import { visibleText } from '@shared/domain/visible-text'
import { suspendedImportsMax } from '@shared/domain/suspended-imports-max'
import type { ImportFile, ImportMapping } from '@shared/domain/import'
import { countText } from '@shared/format/count-text'
import type { ServerId } from '@shared/domain/server'
import type { ListId } from '@shared/resources/ids'
import { invoke } from '@/ipc/client'
import { useWorkspace } from '@/stores/workspace'
import type { RowCorrection } from './row-correction'

/**
 * An import whose panel went with the session of its server. Its rows, also corrected ones, are still in main; what was
 * typed is kept in the memory of the window alone, because it may be a secret.
 */
export interface SuspendedImport {
  readonly file: ImportFile
  /** The list that it goes into, as its page is called. */
  readonly label: string
  readonly mapping: ImportMapping
  readonly values: Readonly<Record<string, unknown>>
  readonly hasChangedRows: boolean
  /** The correction of a row that was typed and not saved. */
  readonly correction: RowCorrection | undefined
  /** Whether the rows were shown with what would become of them. */
  readonly isPreviewed: boolean
  /** The ticket or note of the confirmation. */
  readonly note: string
}

/** What an import goes into. */
export interface ImportPlace {
  readonly serverId: ServerId
  readonly resource: ListId
}

interface PlacedImport extends ImportPlace {
  readonly opened: SuspendedImport
  /** Takes away the notification that says how to continue. */
  readonly closeNotice: () => void
}

/** What is lost with an import that is closed. */
export const importLoss = 'Its columns, values and corrected rows will be lost.'

/** By server and list, the oldest first. */
const suspended = shallowReactive(new Map<string, PlacedImport>())

const keyOf = ({ serverId, resource }: ImportPlace): string => `${serverId} ${resource}`

export function suspendImport(place: ImportPlace, opened: SuspendedImport, closeNotice: () => void): void {
  suspended.set(keyOf(place), { ...place, opened, closeNotice })
}

/** The import to go on with, once. */
export function resumedImport(place: ImportPlace): SuspendedImport | undefined {
  const found = suspended.get(keyOf(place))
  suspended.delete(keyOf(place))
  found?.closeNotice()
  return found?.opened
}

/** Forgets one that is not gone on with. */
export function dropSuspended(importId: string): void {
  for (const [key, { opened, closeNotice }] of suspended) {
    if (opened.file.importId !== importId) continue
    suspended.delete(key)
    closeNotice()
  }
}

/** The suspended imports into servers of the workspace, the oldest first. Those of removed servers are gone in main. */
export function useSuspendedImports() {
  const workspace = useWorkspace()
  const imports = computed(() => [...suspended.values()].filter(({ serverId }) => workspace.byId.has(serverId)))

  /** `rules.csv (IP rules, Berlin)` */
  function nameOf({ serverId, opened }: PlacedImport): string {
    const server = workspace.byId.get(serverId)
    const name = server === undefined ? '' : workspace.nameInList(server)
    return visibleText(`${opened.file.file} (${opened.label}, ${name})`)
  }

  /** Asks before the oldest one is closed for another import. Resolves to whether there is room for it. */
  async function makeRoom(ask: (text: string) => Promise<boolean>): Promise<boolean> {
    const [oldest] = imports.value
    if (oldest === undefined || imports.value.length < suspendedImportsMax) return true
    const open = `${countText(imports.value.length, 'import')} are not finished: ${imports.value.map(nameOf).join(', ')}.`
    if (!(await ask(`${open} To open another one, ${nameOf(oldest)} will be closed. ${importLoss}`))) return false
    const { importId } = oldest.opened.file
    dropSuspended(importId)
    void invoke('imports:close', { importId })
    return true
  }

  return { imports, nameOf, makeRoom }
}
