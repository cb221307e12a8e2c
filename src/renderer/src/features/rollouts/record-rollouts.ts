import type { RecordRef } from '@shared/domain/rollout'
import type { ServerId } from '@shared/domain/server'
import type { MergedId } from '@shared/fleet/merged-ids'
import { isOwnTenantRow } from '@shared/fleet/merged-row'
import { listIds } from '@shared/resources/ids'
import { listOf } from '@shared/resources/registry'
import type { MenuItem } from '@/composables/context-menu'
import { useDialogs } from '@/composables/dialogs'
import { useFleetAccess } from '@/composables/fleet-access'

/**
 * Changes and deletes records of a list, those of several servers together, where the account of one of the servers may
 * change it.
 */
export function useRecordRollouts() {
  const dialogs = useDialogs()
  const { mayChange } = useFleetAccess()
  const listIdOf = (resource: MergedId) => listIds.find((id) => id === resource)

  const canDelete = (resource: MergedId, serverIds: readonly ServerId[]): boolean =>
    listIdOf(resource) !== undefined && serverIds.length > 0 && mayChange(resource, serverIds)
  function canChange(resource: MergedId, serverIds: readonly ServerId[]): boolean {
    const list = listIdOf(resource)
    return list !== undefined && listOf(list).fields.some(({ bulk }) => bulk === true) && canDelete(resource, serverIds)
  }

  function open(action: 'change' | 'delete', resource: MergedId, records: readonly RecordRef[]): void {
    const list = listIdOf(resource)
    if (list !== undefined && records.length > 0)
      dialogs.open({ kind: 'rows-rollout', action, resource: list, records })
  }

  return {
    canChange,
    canDelete,
    open,
    /** For the menu of one record. */
    menuItems(resource: MergedId, record: RecordRef): readonly MenuItem[] {
      if (isOwnTenantRow(resource, record.id)) return []
      const hasChange = canChange(resource, [record.serverId])
      const [change, destroy] = [
        { label: 'Change…', separated: true, run: () => open('change', resource, [record]) },
        { label: 'Delete…', danger: true, separated: !hasChange, run: () => open('delete', resource, [record]) },
      ]
      return [...(hasChange ? [change] : []), ...(canDelete(resource, [record.serverId]) ? [destroy] : [])]
    },
  }
}
