import { computed, shallowReactive, shallowRef, watch } from 'vue'
import type { ServerId } from '@shared/domain/server'
import type { TrunkAssignment } from '@shared/domain/trunk'
import type { Result } from '@shared/ipc/result'
import type { RowSource } from '@/components/table/types'
import { useReading } from '@/composables/reading'
import { invoke } from '@/ipc/client'
import { assignmentPage, rowOf, type AssignmentRow } from './trunk-rows'

/** The trunks of one server, the chosen one, and the assignments that were read so far, by trunk. */
export function useTrunks(serverId: ServerId) {
  const { value: list, error, busy, load } = useReading(() => invoke('trunks:list', { serverId }), { reload })
  const chosenId = shallowRef<string>()
  const pools = shallowReactive(new Map<string, readonly TrunkAssignment[]>())
  const everything = shallowRef<{ readonly reading: boolean; readonly failed: readonly string[] }>()
  const revision = shallowRef(0)

  const chosen = computed(() => list.value?.trunks.find(({ id }) => id === chosenId.value))

  watch(list, (read) => {
    if (chosen.value === undefined) chosenId.value = read?.trunks[0]?.id
  })

  async function readPool(trunkId: string): Promise<Result<readonly TrunkAssignment[]>> {
    const reply = await invoke('trunks:pools', { serverId, trunkIds: [trunkId] })
    if (!reply.ok) return reply
    if (reply.value.failed.length > 0)
      return { ok: false, error: { code: 'server-error', message: 'The assignments of this trunk could not be read' } }
    pools.set(trunkId, reply.value.assignments)
    return { ok: true, value: reply.value.assignments }
  }

  /** The rows of the chosen trunk: read once for each revision, then sorted and narrowed here. */
  const source = computed<RowSource<AssignmentRow>>(() => {
    const trunkId = chosenId.value ?? ''
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

  /** Reads the assignments of all trunks, for the question who has a number. */
  async function readEverything(): Promise<void> {
    const trunkIds = list.value?.trunks.map(({ id }) => id) ?? []
    if (trunkIds.length === 0 || everything.value?.reading === true) return
    everything.value = { reading: true, failed: [] }
    const reply = await invoke('trunks:pools', { serverId, trunkIds })
    everything.value = reply.ok ? { reading: false, failed: reply.value.failed } : undefined
    if (!reply.ok) return void (error.value = reply.error)
    for (const id of trunkIds) pools.set(id, [])
    for (const one of reply.value.assignments) pools.set(one.trunkId, [...(pools.get(one.trunkId) ?? []), one])
  }

  function reload(): void {
    everything.value = undefined
    revision.value += 1
    void load()
  }

  return { list, error, busy, chosenId, chosen, pools, everything, source, revision, load, reload, readEverything }
}

export type Trunks = ReturnType<typeof useTrunks>
