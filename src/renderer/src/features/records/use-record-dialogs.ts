import { shallowRef } from 'vue'
import type { PbxRecord, RecordView } from '@shared/domain/record'
import type { ServerId } from '@shared/domain/server'
import type { AppError } from '@shared/ipc/result'
import type { ListId } from '@shared/resources/ids'
import type { FormValues } from '@shared/resources/nested'
import { listOf } from '@shared/resources/registry'
import type { TableSelection } from '@/components/table/types'
import { draftStore, typedIn } from '@/components/form/draft-store'
import { invoke } from '@/ipc/client'
import { useSessions } from '@/stores/sessions'
import { copyValues, formFields } from './record-form'
import { draftKeyOf } from './record-place'
import type { EditorStart } from './use-record-editor'

export type RecordDialog =
  | { readonly kind: 'editor'; readonly start: EditorStart; readonly cameBack: boolean }
  | { readonly kind: 'delete'; readonly rows: readonly PbxRecord[] }
  | { readonly kind: 'change'; readonly rows: readonly PbxRecord[] }
  | { readonly kind: 'export'; readonly selection: TableSelection }
  | { readonly kind: 'import' }

/** The one dialog of a list's page. A row is read whole before it is edited or copied: rows of a list are summaries. */
export function useRecordDialogs(serverId: ServerId, resource: ListId) {
  const sessions = useSessions()
  const described = listOf(resource)
  const dialog = shallowRef<RecordDialog>()
  const error = shallowRef<AppError>()
  const version = () => sessions.state(serverId).version
  const base = () => ({ serverId, resource, version: version() })
  const show = (next: RecordDialog) => (dialog.value ??= next)

  async function read(id: string): Promise<RecordView | undefined> {
    error.value = undefined
    const reply = await invoke('records:get', { serverId, resource, id })
    if (reply.ok) return reply.value
    error.value = reply.error
    return undefined
  }

  const createWith = (values: FormValues, cameBack = false) =>
    show({ kind: 'editor', start: { ...base(), values }, cameBack })

  async function edit(id: string, values?: FormValues): Promise<void> {
    const view = await read(id)
    if (view === undefined) return
    show({ kind: 'editor', start: { ...base(), id, view, ...(values && { values }) }, cameBack: values !== undefined })
  }

  async function duplicate(row: PbxRecord): Promise<void> {
    const view = await read(String(row['id']))
    if (view !== undefined) createWith(copyValues(formFields(described, version()), view.values, described.notCopied))
  }

  /** A draft that outlived the window it was typed in. */
  function comeBack(): void {
    const kept = draftStore.read(draftKeyOf(serverId, resource))
    if (kept === undefined) return
    if (kept.id === undefined) createWith(typedIn(kept), true)
    else void edit(kept.id, typedIn(kept))
  }
  comeBack()

  return {
    dialog,
    error,
    create: () => createWith({}),
    createWith,
    open: (row: PbxRecord) => edit(String(row['id'])),
    duplicate,
    remove: (rows: readonly PbxRecord[]) => (rows.length > 0 ? show({ kind: 'delete', rows }) : undefined),
    change: (rows: readonly PbxRecord[]) => (rows.length > 0 ? show({ kind: 'change', rows }) : undefined),
    exportRows: (selection: TableSelection) => show({ kind: 'export', selection }),
    importRows: () => show({ kind: 'import' }),
    close: () => (dialog.value = undefined),
  }
}
