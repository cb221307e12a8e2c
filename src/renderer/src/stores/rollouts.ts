import { computed, shallowReactive } from 'vue'
import { defineStore } from 'pinia'
import type { RolloutSummary } from '@shared/domain/rollout'
import { invoke, on } from '@/ipc/client'

const activeStates: ReadonlySet<RolloutSummary['state']> = new Set(['applying', 'paused', 'review'])

/** Rollouts that are being applied, paused, in review, or open in this window. */
export const useRollouts = defineStore('rollouts', () => {
  const rollouts = shallowReactive(new Map<string, RolloutSummary>())
  /** Rollouts that are in a panel now. */
  const shown = new Map<string, number>()
  const ended = new Set<(rollout: RolloutSummary) => void>()
  const active = computed(() => [...rollouts.values()].filter(({ state }) => activeStates.has(state)))

  function accept(rollout: RolloutSummary): void {
    const before = rollouts.get(rollout.id)?.state
    rollouts.set(rollout.id, rollout)
    if (before === 'applying' && rollout.state !== 'applying') for (const listener of ended) listener(rollout)
  }

  async function refresh(): Promise<void> {
    const reply = await invoke('rollouts:active', {})
    if (!reply.ok) return
    for (const rollout of reply.value) if (!rollouts.has(rollout.id)) rollouts.set(rollout.id, rollout)
  }

  on('rollout:changed', accept)

  return {
    active,
    accept,
    refresh,
    byId: (id: string) => rollouts.get(id),
    isShown: (id: string) => shown.has(id),
    /** To be called where a rollout is shown; returns the function that ends this. */
    show(id: string): () => void {
      shown.set(id, (shown.get(id) ?? 0) + 1)
      return () => {
        const others = (shown.get(id) ?? 1) - 1
        if (others > 0) shown.set(id, others)
        else shown.delete(id)
      }
    },
    /** Called each time a rollout stops being applied; returns the function that stops listening. */
    onEnded(listener: (rollout: RolloutSummary) => void): () => void {
      ended.add(listener)
      return () => void ended.delete(listener)
    },
  }
})
