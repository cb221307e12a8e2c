import { computed, shallowReactive } from 'vue'
import { defineStore } from 'pinia'
import type { JobId, JobState } from '@shared/domain/job'
import { invoke, on } from '@/ipc/client'

/** Work that main does in the background, with its progress. */
export const useJobs = defineStore('jobs', () => {
  const jobs = shallowReactive(new Map<JobId, JobState>())
  const finished = new Set<(job: JobState) => void>()
  const running = computed(() => [...jobs.values()].filter((job) => job.state === 'running'))

  function accept(job: JobState): void {
    const ended = job.state !== 'running' && jobs.get(job.id)?.state !== job.state
    jobs.set(job.id, job)
    if (ended) for (const listener of finished) listener(job)
  }

  async function refresh(): Promise<void> {
    const reply = await invoke('jobs:list', {})
    if (!reply.ok) return
    for (const job of reply.value) if (!jobs.has(job.id)) jobs.set(job.id, job)
  }

  on('job:changed', accept)

  return {
    jobs,
    running,
    refresh,
    byId: (id: JobId) => jobs.get(id),
    cancel: (jobId: JobId) => invoke('jobs:cancel', { jobId }),
    /** Called once for each job that ends; returns the function that stops listening. */
    onFinished(listener: (job: JobState) => void): () => void {
      finished.add(listener)
      return () => void finished.delete(listener)
    },
  }
})
