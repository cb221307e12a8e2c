import { onScopeDispose } from 'vue'
import { useRouter } from 'vue-router'
import { useJobs } from '@/stores/jobs'
import { usePlans } from '@/stores/plans'
import { useRollouts } from '@/stores/rollouts'

/** Notifies of jobs, plans and rollouts that end; their words are loaded with the first one. */
export function useJobNotices(): void {
  const router = useRouter()
  const jobs = useJobs()
  const plans = usePlans()
  const rollouts = useRollouts()
  const words = () => import('./job-notices')

  onScopeDispose(jobs.onFinished((job) => void words().then(({ notifyJob }) => notifyJob(job, router))))
  onScopeDispose(
    plans.onEnded((plan) => {
      // The bar shows a paused plan with its reason; a notification would cover its buttons. Nor does one cover a result
      // that is shown anyway.
      if (plan.state === 'paused' || plans.isShown(plan.id)) return
      void words().then(({ notifyPlan }) => notifyPlan(plan, router))
    }),
  )
  onScopeDispose(
    rollouts.onEnded((rollout) => {
      if (rollout.state === 'paused' || rollout.state === 'review' || rollouts.isShown(rollout.id)) return
      void words().then(({ notifyRollout }) => notifyRollout(rollout, router))
    }),
  )
}
