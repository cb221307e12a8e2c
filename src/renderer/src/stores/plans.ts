import { computed, shallowReactive } from 'vue'
import { defineStore } from 'pinia'
import type { PlanSummary } from '@shared/domain/plan'
import { invoke, on } from '@/ipc/client'

const isActive = ({ state }: PlanSummary): boolean => state === 'applying' || state === 'paused'

/** Plans that are being applied, paused, or open in this window. */
export const usePlans = defineStore('plans', () => {
  const plans = shallowReactive(new Map<string, PlanSummary>())
  const ended = new Set<(plan: PlanSummary) => void>()
  const active = computed(() => [...plans.values()].filter(isActive))

  function accept(plan: PlanSummary): void {
    const before = plans.get(plan.id)?.state
    plans.set(plan.id, plan)
    if (before === 'applying' && plan.state !== 'applying') for (const listener of ended) listener(plan)
  }

  async function refresh(): Promise<void> {
    const reply = await invoke('plans:active', {})
    if (!reply.ok) return
    for (const plan of reply.value) if (!plans.has(plan.id)) plans.set(plan.id, plan)
  }

  on('plan:changed', accept)

  return {
    plans,
    active,
    accept,
    refresh,
    byId: (id: string) => plans.get(id),
    /** Called each time a plan stops being applied; returns the function that stops listening. */
    onEnded(listener: (plan: PlanSummary) => void): () => void {
      ended.add(listener)
      return () => void ended.delete(listener)
    },
  }
})
