import { defineStore } from 'pinia'
import type { RolloutSummary } from '@shared/domain/rollout'
import { isUnderWay } from '@shared/rollout/progress'
import { invoke, on } from '@/ipc/client'
import { useRuns } from './runs'

/** Rollouts that are being applied, paused, in review, or open in this window. */
export const useRollouts = defineStore('rollouts', () =>
  useRuns<RolloutSummary>({
    listen: (accept) => on('rollout:changed', accept),
    read: () => invoke('rollouts:active', {}),
    isActive: ({ state }) => isUnderWay(state),
  }),
)
