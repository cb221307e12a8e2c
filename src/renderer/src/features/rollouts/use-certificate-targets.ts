import { computed, onScopeDispose, shallowRef, watch, type ComputedRef } from 'vue'
import type { RolloutSummary } from '@shared/domain/rollout'
import type { ServerId } from '@shared/domain/server'
import type { CertificateTarget, PresentedAt } from '@shared/rollout/certificate-stage'
import type { AppError } from '@shared/ipc/result'
import { invoke } from '@/ipc/client'
import { certificateRows } from './certificate-text'

/** Milliseconds until the next check in the background; each that changes nothing doubles them. */
const [firstCheckMs, lastCheckMs] = [10_000, 300_000]

/** What the servers of a rollout of a certificate present: checked on request, and in the background while it is shown. */
export function useCertificateTargets(rollout: ComputedRef<RolloutSummary>) {
  const rolloutId = rollout.value.id
  const targets = shallowRef<readonly CertificateTarget[]>([])
  const presented = shallowRef<ReadonlyMap<string, PresentedAt>>(new Map())
  const checking = shallowRef(false)
  const trusting = shallowRef(false)
  const error = shallowRef<AppError>()
  let waitMs = firstCheckMs
  let timer: ReturnType<typeof setTimeout> | undefined
  let isEnded = false

  const fingerprint = computed(() => {
    const { source } = rollout.value
    return source.kind === 'certificate' ? source.fingerprint256 : ''
  })
  const rows = computed(() => certificateRows(targets.value, [...presented.value.values()], fingerprint.value))
  const open = computed(() => rows.value.filter((row) => !row.isSettled).map(({ target }) => target.serverId))
  const trustable = computed(() => rows.value.filter((row) => row.canTrust).map(({ target }) => target.serverId))
  const stages = (): string => rows.value.map(({ stage }) => stage).join()

  async function load(): Promise<void> {
    const reply = await invoke('rollouts:certificates', { rolloutId })
    if (isEnded) return
    if (reply.ok) targets.value = reply.value
    else error.value = reply.error
  }

  async function check(serverIds: readonly ServerId[]): Promise<void> {
    if (checking.value || serverIds.length === 0) return
    checking.value = true
    const reply = await invoke('rollouts:presented', { rolloutId, serverIds: [...serverIds] })
    checking.value = false
    if (isEnded) return
    if (reply.ok) {
      const results = reply.value.map((each) => [`${each.serverId} ${each.choice}`, each] as const)
      presented.value = new Map([...presented.value, ...results])
    } else error.value = reply.error
  }

  async function checkInBackground(): Promise<void> {
    const before = stages()
    if (document.visibilityState === 'visible' && rollout.value.state !== 'applying') await check(open.value)
    waitMs = stages() === before ? Math.min(waitMs * 2, lastCheckMs) : firstCheckMs
    schedule()
  }

  function schedule(): void {
    clearTimeout(timer)
    if (!isEnded) timer = setTimeout(() => void checkInBackground(), waitMs)
  }

  async function checkNow(): Promise<void> {
    error.value = undefined
    waitMs = firstCheckMs
    await load()
    await check(rows.value.map(({ target }) => target.serverId))
    schedule()
  }

  async function trust(serverIds: readonly ServerId[]): Promise<void> {
    if (trusting.value) return
    trusting.value = true
    error.value = undefined
    const reply = await invoke('rollouts:trust', { rolloutId, serverIds: [...serverIds] })
    if (!reply.ok) error.value = reply.error
    else for (const result of reply.value) if (!result.ok) error.value = result.error
    await load()
    trusting.value = false
  }

  // Servers that have just got it are checked once without a request of the user.
  watch(
    () => [rollout.value.state, rollout.value.counts.done] as const,
    async () => {
      await load()
      const known = presented.value
      const unchecked = rows.value.filter(({ target: { serverId } }) => !known.has(`${serverId} first`))
      if (!isEnded && rollout.value.state !== 'applying') await check(unchecked.map(({ target }) => target.serverId))
    },
    { immediate: true },
  )
  schedule()
  onScopeDispose(() => {
    isEnded = true
    clearTimeout(timer)
  })
  return { rows, trustable, checking, trusting, error, checkNow, trust }
}
