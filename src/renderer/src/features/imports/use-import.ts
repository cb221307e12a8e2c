import { computed, onScopeDispose, shallowRef } from 'vue'
import type { ImportFile, ImportPlan } from '@shared/domain/import'
import type { JobId } from '@shared/domain/job'
import type { ServerRecord } from '@shared/domain/server'
import type { ListId } from '@shared/resources/ids'
import type { AppError, Result } from '@shared/ipc/result'
import { isConfirmed, nothingConfirmed } from '@/components/form/confirm'
import { useFileReading } from '@/composables/file-reading'
import { importDropped, invoke } from '@/ipc/client'
import { useJobs } from '@/stores/jobs'
import { useNotify } from '@/stores/notify'

export type ImportStep = 'file' | 'columns' | 'plan' | 'confirm' | 'running' | 'result'

/** One import from the choice of its file to its result. The rows stay in main, which forgets them with this panel. */
export function useImport(server: () => ServerRecord, resource: ListId) {
  const jobs = useJobs()
  const notify = useNotify()
  const step = shallowRef<ImportStep>('file')
  const file = shallowRef<ImportFile>()
  const mapping = shallowRef<readonly (string | null)[]>([])
  const plan = shallowRef<ImportPlan>()
  const confirmation = shallowRef(nothingConfirmed)
  const error = shallowRef<AppError>()
  const busy = shallowRef(false)
  const reading = useFileReading()
  const jobId = shallowRef<JobId>()
  /** Counts up when the rows are other ones. */
  const revision = shallowRef(0)

  const job = computed(() => (jobId.value === undefined ? undefined : jobs.byId(jobId.value)))
  const missing = computed(() =>
    (file.value?.fields ?? []).filter(({ key, required }) => required === true && !mapping.value.includes(key)),
  )
  const mayPlan = computed(() => missing.value.length === 0 && mapping.value.some((key) => key !== null))
  const creating = computed(() => plan.value?.counts.create ?? 0)
  const failed = computed(() => (plan.value?.counts.failed ?? 0) + (plan.value?.counts.unsent ?? 0))
  const maySend = computed(
    () => creating.value > 0 && isConfirmed(server(), plan.value?.guards ?? [], confirmation.value),
  )
  const id = (): { importId: string } => ({ importId: file.value?.importId ?? '' })

  async function ask<T>(asked: Promise<Result<T>>): Promise<T | undefined> {
    busy.value = true
    error.value = undefined
    const reply = await asked
    busy.value = false
    if (reply.ok) return reply.value
    if (reply.error.code !== 'cancelled') error.value = reply.error
    return undefined
  }

  function forget(): void {
    if (file.value !== undefined) void invoke('imports:close', id())
    file.value = undefined
    plan.value = undefined
  }

  async function openFile(open: (readingId: string) => Promise<Result<ImportFile | null>>): Promise<void> {
    if (busy.value) return
    const opened = await ask(reading.read(open))
    if (opened === null || opened === undefined) return
    forget()
    file.value = opened
    mapping.value = opened.mapping
    step.value = 'columns'
  }

  function show(next: ImportPlan | undefined): void {
    if (next === undefined) return
    plan.value = next
    revision.value += 1
    confirmation.value = nothingConfirmed
    step.value = next.stage === 'result' ? 'result' : 'plan'
  }

  async function send(): Promise<void> {
    const started = await ask(invoke('imports:apply', { ...id(), confirmation: confirmation.value }))
    if (started !== undefined) {
      jobId.value = started.jobId
      step.value = 'running'
      // A short job may have ended before this.
      if (job.value !== undefined && job.value.state !== 'running') void readResult()
    } else if (error.value?.code === 'conflict') {
      const told = error.value
      show(await ask(invoke('imports:get', id())))
      error.value = told
    }
  }

  async function readResult(): Promise<void> {
    if (step.value !== 'running') return
    show(await ask(invoke('imports:get', id())))
  }

  async function save(which: 'wrong' | 'result'): Promise<void> {
    const saved = await ask(invoke('imports:saveResult', { ...id(), which }))
    if (saved?.saved === true) notify.success(`Saved as ${saved.name}`)
  }

  onScopeDispose(jobs.onFinished((ended) => ended.id === jobId.value && void readResult()))
  onScopeDispose(forget)

  return {
    step,
    file,
    mapping,
    plan,
    confirmation,
    error,
    busy,
    job,
    jobId,
    revision,
    missing,
    mayPlan,
    maySend,
    creating,
    failed,
    reading,
    choose: () => openFile((readingId) => invoke('imports:choose', { serverId: server().id, resource, readingId })),
    drop: (dropped: File) =>
      openFile((readingId) => importDropped(dropped, { serverId: server().id, resource, readingId })),
    makePlan: async () => show(await ask(invoke('imports:map', { ...id(), mapping: [...mapping.value] }))),
    retry: async () => show(await ask(invoke('imports:retry', id()))),
    cancelJob: () => (jobId.value === undefined ? undefined : void jobs.cancel(jobId.value)),
    send,
    save,
  }
}
