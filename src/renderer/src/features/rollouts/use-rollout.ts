import { computed, shallowRef } from 'vue'
import {
  defaultStopAfter,
  type RolloutPreview,
  type RolloutSettings,
  type RolloutSummary,
} from '@shared/domain/rollout'
import type { Confirmation, Guard } from '@shared/domain/write'
import type { Result } from '@shared/ipc/result'
import { isRolloutConfirmed, numberToType } from '@shared/rollout/confirm'
import { canaryAbove } from '@shared/rollout/waves'
import { missingCheck, missingOverride, nothingConfirmed } from '@/components/form/confirm'
import { invoke } from '@/ipc/client'
import { useRunRequests } from '@/features/plans/run-requests'
import { useNotify } from '@/stores/notify'
import { useRollouts } from '@/stores/rollouts'

/** The actions that are confirmed before anything is sent. */
type RolloutAction = 'apply' | 'resume' | 'retry'

/** One rollout from its preview to its result, with its actions. */
export function useRollout(start: RolloutPreview | RolloutSummary, note = '', suggestedNote = '') {
  const rollouts = useRollouts()
  const notify = useNotify()
  const { id: rolloutId } = start
  rollouts.accept(start)

  const confirmation = shallowRef<Confirmation>({ ...nothingConfirmed, note })
  const confirming = shallowRef<RolloutAction | undefined>(start.state === 'ready' ? 'apply' : undefined)
  const guards = shallowRef<readonly Guard[]>('guards' in start ? start.guards : [])
  const settings = shallowRef<RolloutSettings>({
    canary: start.source.kind !== 'revert' && start.servers > canaryAbove,
    stopAfter: defaultStopAfter,
  })

  const rollout = computed(() => rollouts.byId(rolloutId) ?? start)
  const { busy, error, request, update } = useRunRequests<RolloutSummary>(() => rollout.value, rollouts.accept)
  const preview = computed(() => ('groups' in start && rollout.value.state === 'ready' ? start : undefined))
  /** Why it cannot be sent; empty if it can. */
  const missing = computed(() => {
    const { confirm } = rollout.value
    const override = missingOverride(guards.value, confirmation.value.override)
    if (override !== '' || isRolloutConfirmed(confirm, confirmation.value)) return override
    return confirm.kind === 'number' ? `Type the number of ${numberToType(confirm).plural} above first` : missingCheck
  })

  /** Requests what the protection levels and the safety checks require now. */
  async function confirmFirst(action: 'resume' | 'retry'): Promise<void> {
    confirmation.value = nothingConfirmed
    const current = await request(invoke('rollouts:guards', { rolloutId, which: action }))
    if (current === undefined) return
    guards.value = current
    confirming.value = action
  }

  const requestFor = (action: RolloutAction): Promise<Result<RolloutSummary>> => {
    const args = { rolloutId, confirmation: confirmation.value }
    if (action === 'apply') return invoke('rollouts:apply', { ...args, settings: settings.value })
    return action === 'resume' ? invoke('rollouts:resume', args) : invoke('rollouts:retry', args)
  }

  async function send(): Promise<void> {
    const action = confirming.value
    if (action === undefined) return
    if (await update(requestFor(action))) confirming.value = undefined
    else if (action !== 'apply' && error.value?.code === 'guarded') await confirmFirst(action)
  }

  /** Uses the confirmation of this run; after a restart, another one is required. */
  async function resume(): Promise<void> {
    if (busy.value) return
    if (rollout.value.mustConfirm) return confirmFirst('resume')
    await update(invoke('rollouts:resume', { rolloutId }))
  }

  async function save(): Promise<void> {
    const saved = await request(invoke('rollouts:save', { rolloutId }))
    if (saved?.saved === true) notify.success(`Saved as ${saved.name}`)
  }

  /** Adds the private key of a certificate, which is not stored. */
  async function selectKey(): Promise<void> {
    const summary = await request(invoke('rollouts:selectKey', { rolloutId }))
    if (summary) rollouts.accept(summary)
  }

  async function saveFile(): Promise<void> {
    const saved = await request(invoke('rollouts:saveFile', { rolloutId }))
    if (saved?.saved === true) notify.success(`Saved as ${saved.name}`)
  }

  return {
    rollout,
    preview,
    error,
    busy,
    confirmation,
    confirming,
    guards,
    settings,
    /** The note of the form, which is there again. */
    suggestedNote,
    missing,
    send,
    resume,
    save,
    selectKey,
    saveFile,
    retry: () => confirmFirst('retry'),
    back: () => (confirming.value = undefined),
    pause: () => update(invoke('rollouts:pause', { rolloutId })),
    cancel: () => update(invoke('rollouts:cancel', { rolloutId })),
    checkNow: () => update(invoke('rollouts:check', { rolloutId })),
    /** Discards a preview that was not applied. */
    discard: () => (rollout.value.state === 'ready' ? void invoke('rollouts:discard', { rolloutId }) : undefined),
  }
}

export type RolloutRun = ReturnType<typeof useRollout>
