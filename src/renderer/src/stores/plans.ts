import { defineStore } from 'pinia'
import type { PlanSummary } from '@shared/domain/plan'
import { invoke, on } from '@/ipc/client'
import { useRuns } from './runs'

/** Plans of a rollout are shown with it. */
const isAlone = ({ rollout }: PlanSummary): boolean => rollout === undefined

/** Plans that are being applied, paused, or open in this window. */
export const usePlans = defineStore('plans', () =>
  useRuns<PlanSummary>({
    listen: (accept) => on('plan:changed', accept),
    read: () => invoke('plans:active', {}),
    isActive: (plan) => isAlone(plan) && (plan.state === 'applying' || plan.state === 'paused'),
    isHeard: isAlone,
  }),
)
