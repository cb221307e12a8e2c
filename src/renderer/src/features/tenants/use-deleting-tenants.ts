import { onScopeDispose, shallowReactive } from 'vue'
import { defineStore } from 'pinia'
import type { PlanSummary } from '@shared/domain/plan'
import type { ServerId } from '@shared/domain/server'
import { invoke } from '@/ipc/client'
import { usePlans } from '@/stores/plans'

const firstPauseMs = 1500
const longestPauseMs = 15_000

/** Tenants whose deletion was started in this run, with its plan. The PBX lists them until they are gone, without a mark. */
const useDeletingStore = defineStore('deleting-tenants', () => {
  const ids = shallowReactive(new Map<string, string>())
  const keyOf = (serverId: ServerId, id: string): string => `${serverId}/${id}`
  return {
    has: (serverId: ServerId, id: string) => ids.has(keyOf(serverId, id)),
    of: (serverId: ServerId) =>
      [...ids.keys()].filter((key) => key.startsWith(`${serverId}/`)).map((key) => key.slice(serverId.length + 1)),
    add: (serverId: ServerId, id: string, planId: string) => ids.set(keyOf(serverId, id), planId),
    drop: (serverId: ServerId, id: string) => ids.delete(keyOf(serverId, id)),
    planOf: (serverId: ServerId, id: string) => ids.get(keyOf(serverId, id)),
  }
})

type Later = (run: () => void, ms: number) => () => void

const later: Later = (run, ms) => {
  const timer = setTimeout(run, ms)
  return () => clearTimeout(timer)
}

/** Marks tenants that are being deleted, and polls while the page is open until they are gone, every 1.5 to 15 s. */
export function useDeletingTenants(serverId: ServerId, onDeleted: () => void, wait: Later = later) {
  const store = useDeletingStore()
  const plans = usePlans()
  let cancel: (() => void) | undefined
  let pause = firstPauseMs
  let closed = false

  const isGone = async (id: string): Promise<boolean> => {
    const reply = await invoke('records:get', { serverId, resource: 'tenants', id })
    return !reply.ok && reply.error.code === 'not-found'
  }

  async function poll(): Promise<void> {
    const ids = store.of(serverId)
    const results = await Promise.all(ids.map(async (id) => [id, await isGone(id)] as const))
    const deleted = results.filter(([, isDeleted]) => isDeleted)
    for (const [id] of deleted) store.drop(serverId, id)
    if (closed) return
    if (deleted.length > 0) onDeleted()
    pause = Math.min(pause * 1.5, longestPauseMs)
    schedulePoll()
  }

  function schedulePoll(): void {
    cancel?.()
    cancel = store.of(serverId).length > 0 ? wait(() => void poll(), pause) : undefined
  }

  /** Removes the mark of tenants that were not deleted. */
  async function onPlanEnded({ id: planId }: PlanSummary): Promise<void> {
    const reply = await invoke('plans:steps', { planId, query: { offset: 0, limit: 1000 } })
    const ofPlan = store.of(serverId).filter((id) => store.planOf(serverId, id) === planId)
    const remaining = reply.ok
      ? reply.value.items.filter(({ outcome }) => outcome !== 'done').map(({ recordId }) => recordId)
      : ofPlan
    for (const id of ofPlan) if (remaining.includes(id)) store.drop(serverId, id)
  }

  schedulePoll()
  onScopeDispose(plans.onEnded((plan) => void onPlanEnded(plan)))
  onScopeDispose(() => {
    closed = true
    cancel?.()
  })
  return {
    isDeleting: (id: string) => store.has(serverId, id),
    started(ids: readonly string[], planId: string): void {
      for (const id of ids) store.add(serverId, id, planId)
      const plan = plans.byId(planId)
      if (plan !== undefined && plan.state !== 'applying') void onPlanEnded(plan)
      pause = firstPauseMs
      schedulePoll()
    },
  }
}
