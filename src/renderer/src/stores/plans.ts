import { computed, shallowReactive } from 'vue'
import { defineStore } from 'pinia'
import type { PlanSummary } from '@shared/domain/plan'
import { invoke, on } from '@/ipc/client'

/** Plans of a rollout are shown with it. */
const isActive = ({ state, rollout }: PlanSummary): boolean =>
  rollout === undefined && (state === 'applying' || state === 'paused')

/** Plans that are being applied, paused, or open in this window. */
export const usePlans = defineStore('plans', () => {
  const plans = shallowReactive(new Map<string, PlanSummary>())
  /** Plans whose result is on a page or in a dialog now. */
  const shown = new Map<string, number>()
  const ended = new Set<(plan: PlanSummary) => void>()
  const active = computed(() => [...plans.values()].filter(isActive))

  function accept(plan: PlanSummary): void {
    const before = plans.get(plan.id)?.state
    plans.set(plan.id, plan)
    if (before === 'applying' && plan.state !== 'applying' && plan.rollout === undefined)
      for (const listener of ended) listener(plan)
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
    isShown: (id: string) => shown.has(id),
    /** To be called where a plan is shown; returns the function that ends this. */
    show(id: string): () => void {
      shown.set(id, (shown.get(id) ?? 0) + 1)
      return () => {
        const others = (shown.get(id) ?? 1) - 1
        if (others > 0) shown.set(id, others)
        else shown.delete(id)
      }
    },
    /** Called each time a plan stops being applied; returns the function that stops listening. */
    onEnded(listener: (plan: PlanSummary) => void): () => void {
      ended.add(listener)
      return () => void ended.delete(listener)
    },
  }
})
