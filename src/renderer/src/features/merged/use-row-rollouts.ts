import { computed } from 'vue'
import type { RecordRef } from '@shared/domain/rollout'
import type { ServerId } from '@shared/domain/server'
import type { MergedId } from '@shared/fleet/merged-ids'
import type { MergedRow } from '@shared/fleet/merged-row'
import type { TableHandle } from '@/components/table/types'
import { useRecordRollouts } from '@/features/rollouts/record-rollouts'
import { useNotify } from '@/stores/notify'

const recordOf = (row: MergedRow): RecordRef => ({ serverId: row['@server'], id: row['@record'] })

/** Changes and deletes rows of the fleet, those of several servers together. */
export function useRowRollouts(
  resource: MergedId,
  table: () => TableHandle<MergedRow> | null,
  serverIds: () => readonly ServerId[],
) {
  const notify = useNotify()
  const rollouts = useRecordRollouts()

  /** The selected rows, read if necessary; undefined if that failed. */
  async function selected(): Promise<readonly MergedRow[] | undefined> {
    const reply = await table()?.collect()
    if (reply?.ok === false) notify.error(reply.error)
    return reply?.ok === true ? reply.value : undefined
  }
  const openSelected = async (action: 'change' | 'delete'): Promise<void> =>
    rollouts.open(action, resource, ((await selected()) ?? []).map(recordOf))

  return {
    canChange: computed(() => rollouts.canChange(resource, serverIds())),
    canDelete: computed(() => rollouts.canDelete(resource, serverIds())),
    selected,
    changeSelected: () => openSelected('change'),
    deleteSelected: () => openSelected('delete'),
    menuItems: (row: MergedRow) => rollouts.menuItems(resource, recordOf(row)),
  }
}

export type RowRollouts = ReturnType<typeof useRowRollouts>
