import { shallowRef } from 'vue'
import type { ServerId } from '@shared/domain/server'
import type { Trunk } from '@shared/domain/trunk'
import type { AppError } from '@shared/ipc/result'
import { trunkAssignment } from '@shared/resources/trunk-assignment'
import { invoke } from '@/ipc/client'
import { draftStore } from '@/components/form/draft-store'
import type { RecordPlace } from '@/features/records/record-place'
import type { EditorStart } from '@/features/records/use-record-editor'
import { useSessions } from '@/stores/sessions'
import type { AssignmentRow } from './trunk-rows'

/** The tenant of an edited assignment. */
export interface EditedTenant {
  readonly id: string
  readonly name: string | null
  readonly domain: string | null
}

export type AssignmentDialog =
  | { readonly kind: 'pick' }
  | { readonly kind: 'export' }
  | {
      readonly kind: 'editor'
      readonly start: EditorStart
      readonly tenant: EditedTenant
    }
  | { readonly kind: 'unassign'; readonly row: AssignmentRow }

/** The open dialog of the page: selecting a tenant, its assignment, or unassigning. */
export function useAssignmentDialogs(serverId: ServerId) {
  const sessions = useSessions()
  const dialog = shallowRef<AssignmentDialog>()
  const error = shallowRef<AppError>()

  function placeOf(trunkId: string, tenantId: string): RecordPlace {
    const at = { serverId, trunkId, tenantId }
    return {
      resource: trunkAssignment,
      draftKey: `${serverId}/trunks/${trunkId}/${tenantId}`,
      get: () => invoke('trunks:get', at),
      check: (changes) => invoke('trunks:check', { ...at, changes }),
      create: (values, confirmation) => invoke('trunks:assign', { ...at, values, confirmation }),
      update: (before, changes, confirmation) => invoke('trunks:update', { ...at, before, changes, confirmation }),
    }
  }

  function open(trunk: Trunk, tenant: EditedTenant, view?: EditorStart['view']): void {
    const resource = placeOf(trunk.id, tenant.id)
    const { version } = sessions.state(serverId)
    const start: EditorStart = {
      serverId,
      resource,
      version,
      ...(view && { view }),
      draft: draftStore.read(resource.draftKey),
    }
    dialog.value = { kind: 'editor', start, tenant }
  }

  async function edit(trunk: Trunk, row: AssignmentRow): Promise<void> {
    error.value = undefined
    const reply = await invoke('trunks:get', { serverId, trunkId: trunk.id, tenantId: row.id })
    if (reply.ok) open(trunk, row, reply.value)
    else error.value = reply.error
  }

  return {
    dialog,
    error,
    pick: () => (dialog.value ??= { kind: 'pick' }),
    exportAll: () => (dialog.value ??= { kind: 'export' }),
    create: (trunk: Trunk, tenant: EditedTenant) => open(trunk, tenant),
    edit,
    unassign: (row: AssignmentRow) => (dialog.value ??= { kind: 'unassign', row }),
    close: () => (dialog.value = undefined),
  }
}
