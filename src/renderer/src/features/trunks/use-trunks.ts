import { computed, shallowReactive, shallowRef, watch } from 'vue'
import type { ServerId } from '@shared/domain/server'
import type { TrunkAssignment } from '@shared/domain/trunk'
import type { Result } from '@shared/ipc/result'
import type { RowSource } from '@/components/table/types'
import { useReading } from '@/composables/reading'
import { invoke } from '@/ipc/client'
import { assignmentPage, rowOf, type AssignmentRow } from './trunk-rows'

/** The trunks of one server, the selected one, and the assignments read so far, by trunk. */
export function useTrunks(serverId: ServerId) {
  const { value: list, error, busy, load } = useReading(() => invoke('trunks:list', { serverId }), { reload })
  const selectedId = shallowRef<string>()
  const pools = shallowReactive(new Map<string, readonly TrunkAssignment[]>())
  const allPools = shallowRef<{ readonly reading: boolean; readonly failed: readonly string[] }>()
  const revision = shallowRef(0)

  const selected = computed(() => list.value?.trunks.find(({ id }) => id === selectedId.value))

  watch(list, (read) => {
    if (selected.value === undefined) selectedId.value = read?.trunks[0]?.id
  })

  async function readPool(trunkId: string): Promise<Result<readonly TrunkAssignment[]>> {
    const reply = await invoke('trunks:pools', { serverId, trunkIds: [trunkId] })
    if (!reply.ok) return reply
    if (reply.value.failed.length > 0)
      return { ok: false, error: { code: 'server-error', message: 'The assignments of this trunk could not be read' } }
    pools.set(trunkId, reply.value.assignments)
    return { ok: true, value: reply.value.assignments }
  }

  /** The rows of the selected trunk: read once per revision, then sorted and filtered here. */
  const source = computed<RowSource<AssignmentRow>>(() => {
    const trunkId = selectedId.value ?? ''
    let reading: ReturnType<typeof readPool> | undefined
    return {
      revision: revision.value,
      load: async (query) => {
        const reply = await (reading ??= readPool(trunkId))
        if (!reply.ok) {
          reading = undefined
          return reply
        }
        return { ok: true, value: assignmentPage(reply.value.map(rowOf), query) }
      },
    }
  })

  /** Reads the assignments of all trunks, to find the owner of a number. */
  async function readAllPools(): Promise<void> {
    const trunkIds = list.value?.trunks.map(({ id }) => id) ?? []
    if (trunkIds.length === 0 || allPools.value?.reading === true) return
    allPools.value = { reading: true, failed: [] }
    const reply = await invoke('trunks:pools', { serverId, trunkIds })
    allPools.value = reply.ok ? { reading: false, failed: reply.value.failed } : undefined
    if (!reply.ok) return void (error.value = reply.error)
    for (const id of trunkIds) pools.set(id, [])
    for (const assignment of reply.value.assignments)
      pools.set(assignment.trunkId, [...(pools.get(assignment.trunkId) ?? []), assignment])
  }

  function reload(): void {
    allPools.value = undefined
    revision.value += 1
    void load()
  }

  return { list, error, busy, selectedId, selected, pools, allPools, source, revision, load, reload, readAllPools }
}

export type Trunks = ReturnType<typeof useTrunks>
