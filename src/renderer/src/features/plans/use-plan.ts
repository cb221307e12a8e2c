import { computed, shallowRef } from 'vue'
import type { PlanPreview, PlanSummary } from '@shared/domain/plan'
import type { Confirmation, Guard } from '@shared/domain/write'
import type { AppError, Result } from '@shared/ipc/result'
import { isConfirmed, nothingConfirmed } from '@/components/form/confirm'
import { invoke } from '@/ipc/client'
import { useNotify } from '@/stores/notify'
import { usePlans } from '@/stores/plans'
import { useWorkspace } from '@/stores/workspace'

/** What has to be confirmed before steps are sent. */
type Asked = 'apply' | 'resume' | 'retry'

/** One plan from its preview to its result, and what a person can do with it. */
export function usePlan(start: PlanPreview | PlanSummary) {
  const plans = usePlans()
  const notify = useNotify()
  const workspace = useWorkspace()
  const { id: planId } = start
  plans.accept(start)

  const error = shallowRef<AppError>()
  const busy = shallowRef(false)
  const confirmation = shallowRef(nothingConfirmed)
  const asked = shallowRef<Asked | undefined>(start.state === 'ready' ? 'apply' : undefined)
  const guards = shallowRef<readonly Guard[]>('guards' in start ? start.guards : [])

  const plan = computed(() => plans.byId(planId) ?? start)
  const server = computed(() => workspace.byId.get(plan.value.server.id))
  const maySend = computed(() => {
    const sends = asked.value !== 'apply' || plan.value.counts.waiting > 0
    return (
      !busy.value && sends && server.value !== undefined && isConfirmed(server.value, guards.value, confirmation.value)
    )
  })

  async function ask<T>(asking: Promise<Result<T>>): Promise<T | undefined> {
    busy.value = true
    error.value = undefined
    const reply = await asking
    busy.value = false
    if (reply.ok) return reply.value
    error.value = reply.error
    return undefined
  }

  async function update(asking: Promise<Result<PlanSummary>>): Promise<boolean> {
    const summary = await ask(asking)
    // What was pushed meanwhile is newer.
    if (summary !== undefined && summary.updatedAt >= plan.value.updatedAt) plans.accept(summary)
    return summary !== undefined
  }

  /** Asks for what the protection level and the safety checks need now. */
  async function confirmFirst(what: Asked): Promise<void> {
    confirmation.value = nothingConfirmed
    const found = what === 'apply' ? [] : await ask(invoke('plans:guards', { planId, which: what }))
    if (found === undefined) return
    guards.value = found
    asked.value = what
  }

  const sends = (what: Asked, given: Confirmation): Promise<Result<PlanSummary>> => {
    const args = { planId, confirmation: given }
    if (what === 'apply') return invoke('plans:apply', args)
    return what === 'resume' ? invoke('plans:resume', args) : invoke('plans:retry', args)
  }

  async function send(): Promise<void> {
    const what = asked.value
    if (what === undefined) return
    if (await update(sends(what, confirmation.value))) asked.value = undefined
    else if (error.value?.code === 'cancelled') error.value = undefined
    else if (what !== 'apply' && error.value?.code === 'guarded') await confirmFirst(what)
  }

  /** With what was confirmed in this run; where that does not suffice, it is asked for. */
  async function resume(): Promise<void> {
    if (busy.value) return
    // Of an earlier run: the steps are looked at once more, whatever the protection level is.
    if (plan.value.reason?.code === 'cancelled') return confirmFirst('resume')
    if (await update(invoke('plans:resume', { planId }))) return
    if (error.value?.code === 'confirmation-required' || error.value?.code === 'guarded') await confirmFirst('resume')
  }

  async function retry(): Promise<void> {
    if (server.value?.protection !== 'open') return confirmFirst('retry')
    if (await update(invoke('plans:retry', { planId, confirmation: nothingConfirmed }))) return
    if (error.value?.code === 'guarded') await confirmFirst('retry')
  }

  async function save(): Promise<void> {
    const saved = await ask(invoke('plans:save', { planId }))
    if (saved?.saved === true) notify.success(`Saved as ${saved.name}`)
  }

  return {
    plan,
    server,
    error,
    busy,
    confirmation,
    asked,
    guards,
    maySend,
    send,
    resume,
    retry,
    save,
    back: () => (asked.value = undefined),
    pause: () => update(invoke('plans:pause', { planId })),
    cancel: () => update(invoke('plans:cancel', { planId })),
    checkNow: () => update(invoke('plans:check', { planId })),
    /** Forgets a preview that is not applied. */
    discard: () => (plan.value.state === 'ready' ? void invoke('plans:discard', { planId }) : undefined),
  }
}

export type PlanRun = ReturnType<typeof usePlan>
