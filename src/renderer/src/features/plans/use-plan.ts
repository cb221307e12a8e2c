import { computed, shallowRef } from 'vue'
import type { PlanPreview, PlanSummary } from '@shared/domain/plan'
import type { Confirmation, Guard } from '@shared/domain/write'
import type { Result } from '@shared/ipc/result'
import { missingConfirmation, nothingConfirmed } from '@/components/form/confirm'
import { invoke } from '@/ipc/client'
import { useRunRequests } from './run-requests'
import { useNotify } from '@/stores/notify'
import { usePlans } from '@/stores/plans'
import { useWorkspace } from '@/stores/workspace'

/** The actions that are confirmed before steps are sent. */
type PlanAction = 'apply' | 'resume' | 'retry'

/** One plan from its preview to its result, with its actions. */
export function usePlan(start: PlanPreview | PlanSummary, note = '') {
  const plans = usePlans()
  const notify = useNotify()
  const workspace = useWorkspace()
  const { id: planId } = start
  plans.accept(start)

  const confirmation = shallowRef<Confirmation>({ ...nothingConfirmed, note })
  const confirming = shallowRef<PlanAction | undefined>(start.state === 'ready' ? 'apply' : undefined)
  const guards = shallowRef<readonly Guard[]>('guards' in start ? start.guards : [])

  const plan = computed(() => plans.byId(planId) ?? start)
  const { busy, error, request, update } = useRunRequests<PlanSummary>(() => plan.value, plans.accept)
  const server = computed(() => workspace.byId.get(plan.value.server.id))
  /** Why it cannot be sent; empty if it can. */
  const missing = computed(() => {
    const { counts, ordered } = plan.value
    if (server.value === undefined) return 'The server was removed from the workspace'
    // Steps that depend on each other are sent from the first on, or not at all.
    if (confirming.value === 'apply' && ordered === true && counts.conflict + counts.refused > 0)
      return 'A step cannot be sent as it is'
    if (confirming.value === 'apply' && counts.waiting === 0) return 'No step can be sent'
    return missingConfirmation(server.value, guards.value, confirmation.value)
  })

  /** Requests the confirmation that the protection level and the safety checks require now. */
  async function confirmFirst(action: PlanAction): Promise<void> {
    confirmation.value = nothingConfirmed
    const current = action === 'apply' ? [] : await request(invoke('plans:guards', { planId, which: action }))
    if (current === undefined) return
    guards.value = current
    confirming.value = action
  }

  const requestFor = (action: PlanAction, confirmed: Confirmation): Promise<Result<PlanSummary>> => {
    const args = { planId, confirmation: confirmed }
    if (action === 'apply') return invoke('plans:apply', args)
    return action === 'resume' ? invoke('plans:resume', args) : invoke('plans:retry', args)
  }

  async function send(): Promise<void> {
    const action = confirming.value
    if (action === undefined) return
    if (await update(requestFor(action, confirmation.value))) confirming.value = undefined
    else if (error.value?.code === 'cancelled') error.value = undefined
    else if (action !== 'apply' && error.value?.code === 'guarded') await confirmFirst(action)
  }

  /** Uses the confirmation of this run; if that is not sufficient, requests another. */
  async function resume(): Promise<void> {
    if (busy.value) return
    // Paused by the end of an earlier run: the steps are reviewed again at any protection level.
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
    const isCustomer = plan.value.source.kind === 'customer'
    const saved = await request(
      isCustomer ? invoke('customers:saveHandover', { planId }) : invoke('plans:save', { planId }),
    )
    if (saved?.saved === true) notify.success(`Saved as ${saved.name}`)
  }

  async function saveFile(): Promise<void> {
    const saved = await request(invoke('plans:saveFile', { planId }))
    if (saved?.saved === true) notify.success(`Saved as ${saved.name}`)
  }

  return {
    plan,
    server,
    error,
    busy,
    confirmation,
    confirming,
    guards,
    missing,
    send,
    resume,
    retry,
    save,
    saveFile,
    back: () => (confirming.value = undefined),
    pause: () => update(invoke('plans:pause', { planId })),
    cancel: () => update(invoke('plans:cancel', { planId })),
    checkNow: () => update(invoke('plans:check', { planId })),
    /** Discards a preview that was not applied. */
    discard: () => (plan.value.state === 'ready' ? void invoke('plans:discard', { planId }) : undefined),
  }
}

export type PlanRun = ReturnType<typeof usePlan>
