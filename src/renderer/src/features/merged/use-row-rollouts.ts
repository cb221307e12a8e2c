import type { MergedId } from '@shared/fleet/merged-ids'
import type { MergedRow } from '@shared/fleet/merged-row'
import { listIds } from '@shared/resources/ids'
import { listOf } from '@shared/resources/registry'
import type { TableHandle } from '@/components/table/types'
import type { MenuItem } from '@/composables/context-menu'
import { useDialogs } from '@/composables/dialogs'
import { useNotify } from '@/stores/notify'

/** Changes and deletes rows of the fleet, those of several servers together. */
export function useRowRollouts(resource: MergedId, table: () => TableHandle<MergedRow> | null) {
  const dialogs = useDialogs()
  const notify = useNotify()
  const list = listIds.find((id) => id === resource)
  const canChange = list !== undefined && listOf(list).fields.some(({ bulk }) => bulk === true)

  function open(action: 'change' | 'delete', rows: readonly MergedRow[]): void {
    if (list === undefined || rows.length === 0) return
    const records = rows.map((row) => ({ serverId: row['@server'], id: row['@record'] }))
    dialogs.open({ kind: 'rows-rollout', action, resource: list, records })
  }

  /** The selected rows, read if necessary; undefined if that failed. */
  async function selected(): Promise<readonly MergedRow[] | undefined> {
    const reply = await table()?.collect()
    if (reply?.ok === false) notify.error(reply.error)
    return reply?.ok === true ? reply.value : undefined
  }

  return {
    canChange,
    canDelete: list !== undefined,
    selected,
    changeSelected: async () => open('change', (await selected()) ?? []),
    deleteSelected: async () => open('delete', (await selected()) ?? []),
    menuItems: (row: MergedRow): readonly MenuItem[] => [
      ...(canChange ? [{ label: 'Change…', separated: true, run: () => open('change', [row]) }] : []),
      ...(list === undefined
        ? []
        : [{ label: 'Delete…', danger: true, separated: !canChange, run: () => open('delete', [row]) }]),
    ],
  }
}
