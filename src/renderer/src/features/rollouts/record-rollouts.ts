import type { RecordRef } from '@shared/domain/rollout'
import type { MergedId } from '@shared/fleet/merged-ids'
import { listIds } from '@shared/resources/ids'
import { listOf } from '@shared/resources/registry'
import type { MenuItem } from '@/composables/context-menu'
import { useDialogs } from '@/composables/dialogs'

/** Changes and deletes records of a list, those of several servers together. */
export function useRecordRollouts() {
  const dialogs = useDialogs()
  const listIdOf = (resource: MergedId) => listIds.find((id) => id === resource)

  function canChange(resource: MergedId): boolean {
    const list = listIdOf(resource)
    return list !== undefined && listOf(list).fields.some(({ bulk }) => bulk === true)
  }
  const canDelete = (resource: MergedId): boolean => listIdOf(resource) !== undefined

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
    menuItems: (resource: MergedId, record: RecordRef): readonly MenuItem[] => [
      ...(canChange(resource)
        ? [{ label: 'Change…', separated: true, run: () => open('change', resource, [record]) }]
        : []),
      ...(canDelete(resource)
        ? [
            {
              ...{ label: 'Delete…', danger: true, separated: !canChange(resource) },
              run: () => open('delete', resource, [record]),
            },
          ]
        : []),
    ],
  }
}
