import { onScopeDispose, shallowReactive } from 'vue'
import { defineStore } from 'pinia'
import type { JobId, JobState } from '@shared/domain/job'
import type { ServerId } from '@shared/domain/server'
import { invoke } from '@/ipc/client'
import { useJobs } from '@/stores/jobs'

const firstPauseMs = 1500
const longestPauseMs = 15_000

/** Tenants whose deletion was started in this run, by server: the PBX does not tell, and keeps them in the list meanwhile. */
const useEndingStore = defineStore('ending-tenants', () => {
  const ids = shallowReactive(new Map<string, JobId>())
  const keyOf = (serverId: ServerId, id: string): string => `${serverId}/${id}`
  return {
    has: (serverId: ServerId, id: string) => ids.has(keyOf(serverId, id)),
    of: (serverId: ServerId) =>
      [...ids.keys()].filter((key) => key.startsWith(`${serverId}/`)).map((key) => key.slice(serverId.length + 1)),
    add: (serverId: ServerId, id: string, jobId: JobId) => ids.set(keyOf(serverId, id), jobId),
    drop: (serverId: ServerId, id: string) => ids.delete(keyOf(serverId, id)),
    jobOf: (serverId: ServerId, id: string) => ids.get(keyOf(serverId, id)),
  }
})

type Later = (run: () => void, ms: number) => () => void

const later: Later = (run, ms) => {
  const timer = setTimeout(run, ms)
  return () => clearTimeout(timer)
}

/** Marks tenants that are being deleted, and looks while the page is open whether they are gone, in pauses that grow to a quarter of a minute. */
export function useEnding(serverId: ServerId, gone: () => void, wait: Later = later) {
  const store = useEndingStore()
  const jobs = useJobs()
  let cancel: (() => void) | undefined
  let pause = firstPauseMs
  let closed = false

  const isGone = async (id: string): Promise<boolean> => {
    const reply = await invoke('records:get', { serverId, resource: 'tenants', id })
    return !reply.ok && reply.error.code === 'not-found'
  }

  async function look(): Promise<void> {
    const ids = store.of(serverId)
    const found = await Promise.all(ids.map(async (id) => [id, await isGone(id)] as const))
    const ended = found.filter(([, is]) => is)
    for (const [id] of ended) store.drop(serverId, id)
    if (closed) return
    if (ended.length > 0) gone()
    pause = Math.min(pause * 1.5, longestPauseMs)
    watchOn()
  }

  function watchOn(): void {
    cancel?.()
    cancel = store.of(serverId).length > 0 ? wait(() => void look(), pause) : undefined
  }

  /** What the PBX refused to delete is not ending. */
  function finished(job: JobState): void {
    const kept = job.state === 'done' ? job.failures.map(({ id }) => id) : store.of(serverId)
    for (const id of kept) if (store.jobOf(serverId, id) === job.id) store.drop(serverId, id)
  }

  watchOn()
  onScopeDispose(jobs.onFinished(finished))
  onScopeDispose(() => {
    closed = true
    cancel?.()
  })
  return {
    isEnding: (id: string) => store.has(serverId, id),
    started(ids: readonly string[], jobId: JobId): void {
      for (const id of ids) store.add(serverId, id, jobId)
      const job = jobs.byId(jobId)
      if (job !== undefined && job.state !== 'running') finished(job)
      pause = firstPauseMs
      watchOn()
    },
  }
}
