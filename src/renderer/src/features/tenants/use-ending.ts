import { onScopeDispose, shallowReactive } from 'vue'
import { defineStore } from 'pinia'
import type { PlanSummary } from '@shared/domain/plan'
import type { ServerId } from '@shared/domain/server'
import { invoke } from '@/ipc/client'
import { usePlans } from '@/stores/plans'

const firstPauseMs = 1500
const longestPauseMs = 15_000

/** Tenants whose deletion was started in this run, by server: the PBX does not tell, and keeps them in the list meanwhile. */
const useEndingStore = defineStore('ending-tenants', () => {
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

/** Marks tenants that are being deleted, and looks while the page is open whether they are gone, in pauses that grow to a quarter of a minute. */
export function useEnding(serverId: ServerId, gone: () => void, wait: Later = later) {
  const store = useEndingStore()
  const plans = usePlans()
  let cancel: (() => void) | undefined
  let pause = firstPauseMs
  let closed = false

  const isGone = async (id: string): Promise<boolean> => {
    const reply = await invoke('records:get', { serverId, resource: 'tenants', id })
    return !reply.ok && reply.error.code === 'not-found'
  }

  async function look(): Promise<void> {
    const ids = store.of(serverId)
    const found = await Promise.all(ids.map(async (id) => [id, await isGone(id)] as const))
    const ended = found.filter(([, is]) => is)
    for (const [id] of ended) store.drop(serverId, id)
    if (closed) return
    if (ended.length > 0) gone()
    pause = Math.min(pause * 1.5, longestPauseMs)
    watchOn()
  }

  function watchOn(): void {
    cancel?.()
    cancel = store.of(serverId).length > 0 ? wait(() => void look(), pause) : undefined
  }

  /** What was not deleted is not ending. */
  async function finished({ id: planId }: PlanSummary): Promise<void> {
    const reply = await invoke('plans:steps', { planId, query: { offset: 0, limit: 1000 } })
    const isKept = (outcome: string): boolean => outcome !== 'done'
    const mine = store.of(serverId).filter((id) => store.planOf(serverId, id) === planId)
    const kept = reply.ok
      ? reply.value.items.filter(({ outcome }) => isKept(outcome)).map(({ recordId }) => recordId)
      : mine
    for (const id of mine) if (kept.includes(id)) store.drop(serverId, id)
  }

  watchOn()
  onScopeDispose(plans.onEnded((plan) => void finished(plan)))
  onScopeDispose(() => {
    closed = true
    cancel?.()
  })
  return {
    isEnding: (id: string) => store.has(serverId, id),
    started(ids: readonly string[], planId: string): void {
      for (const id of ids) store.add(serverId, id, planId)
      const plan = plans.byId(planId)
      if (plan !== undefined && plan.state !== 'applying') void finished(plan)
      pause = firstPauseMs
      watchOn()
    },
  }
}
