import { shallowRef } from 'vue'
import type { PbxRecord, RecordView } from '@shared/domain/record'
import type { ServerId } from '@shared/domain/server'
import type { AppError } from '@shared/ipc/result'
import type { ListId } from '@shared/resources/ids'
import type { FormValues } from '@shared/resources/nested'
import { listOf } from '@shared/resources/registry'
import type { TableSelection } from '@/components/table/types'
import { draftStore, type SavedDraft } from '@/components/form/draft-store'
import { invoke } from '@/ipc/client'
import { useSessions } from '@/stores/sessions'
import { copyValues, formFields } from './record-form'
import { draftKeyOf } from './record-place'
import type { EditorStart } from './use-record-editor'

export type RecordDialog =
  | { readonly kind: 'editor'; readonly start: EditorStart }
  | { readonly kind: 'delete'; readonly rows: readonly PbxRecord[] }
  | { readonly kind: 'change'; readonly rows: readonly PbxRecord[] }
  | { readonly kind: 'export'; readonly selection: TableSelection }
  | { readonly kind: 'import' }

/** The open dialog of a list's page. Rows of a list are summaries, so a record is read before it is edited or copied. */
export function useRecordDialogs(serverId: ServerId, resource: ListId) {
  const sessions = useSessions()
  const description = listOf(resource)
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

  const createWith = (values: FormValues, draft?: SavedDraft) =>
    show({ kind: 'editor', start: { ...base(), values, draft } })

  async function edit(id: string, draft?: SavedDraft): Promise<void> {
    const view = await read(id)
    if (view === undefined) return
    show({ kind: 'editor', start: { ...base(), id, view, draft } })
  }

  async function duplicate(row: PbxRecord): Promise<void> {
    const view = await read(String(row['id']))
    if (view !== undefined)
      createWith(copyValues(formFields(description, version()), view.values, description.notCopied))
  }

  /** Opens the draft of a form that was left with changes. */
  async function restoreDraft(): Promise<void> {
    const key = draftKeyOf(serverId, resource)
    const savedDraft = draftStore.read(key)
    if (savedDraft === undefined) return
    if (savedDraft.id === undefined) return void createWith({}, savedDraft)
    await edit(savedDraft.id, savedDraft)
    // What was changed is gone; the error says so once.
    if (error.value?.code === 'not-found') draftStore.drop(key)
  }
  void restoreDraft()

  return {
    dialog,
    error,
    create: () => createWith({}),
    createWith,
    open: (row: PbxRecord) => edit(String(row['id'])),
    edit,
    duplicate,
    remove: (rows: readonly PbxRecord[]) => (rows.length > 0 ? show({ kind: 'delete', rows }) : undefined),
    change: (rows: readonly PbxRecord[]) => (rows.length > 0 ? show({ kind: 'change', rows }) : undefined),
    exportRows: (selection: TableSelection) => show({ kind: 'export', selection }),
    importRows: () => show({ kind: 'import' }),
    close: () => (dialog.value = undefined),
  }
}
