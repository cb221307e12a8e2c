import { computed, onScopeDispose, shallowRef } from 'vue'
import type { ImportFile, ImportPlan } from '@shared/domain/import'
import type { ServerRecord } from '@shared/domain/server'
import type { ListId } from '@shared/resources/ids'
import type { Result } from '@shared/ipc/result'
import { isConfirmed, nothingConfirmed } from '@/components/form/confirm'
import { useFileReading } from '@/composables/file-reading'
import { useRequest } from '@/composables/request'
import { importDropped, invoke } from '@/ipc/client'
import { usePlan, type PlanRun } from '@/features/plans/use-plan'
import { useNotify } from '@/stores/notify'

export type ImportStep = 'file' | 'columns' | 'plan' | 'confirm' | 'applied'

/** One import from the selection of its file to its result. The rows stay in main, which discards them when the panel closes. */
export function useImport(server: () => ServerRecord, resource: ListId) {
  const notify = useNotify()
  const step = shallowRef<ImportStep>('file')
  const file = shallowRef<ImportFile>()
  const mapping = shallowRef<readonly (string | null)[]>([])
  const plan = shallowRef<ImportPlan>()
  const confirmation = shallowRef(nothingConfirmed)
  const requests = useRequest()
  const { busy, error } = requests
  const reading = useFileReading()
  /** The plan of the applied rows. */
  const run = shallowRef<PlanRun>()
  /** Increased when the rows change. */
  const revision = shallowRef(0)

  const missing = computed(() =>
    (file.value?.fields ?? []).filter(({ key, required }) => required === true && !mapping.value.includes(key)),
  )
  const canPlan = computed(() => missing.value.length === 0 && mapping.value.some((key) => key !== null))
  const creating = computed(() => plan.value?.counts.create ?? 0)
  const canSend = computed(
    () => creating.value > 0 && isConfirmed(server(), plan.value?.guards ?? [], confirmation.value),
  )
  const id = (): { importId: string } => ({ importId: file.value?.importId ?? '' })

  async function request<T>(sent: Promise<Result<T>>): Promise<T | undefined> {
    const value = await requests.request(sent)
    if (error.value?.code === 'cancelled') error.value = undefined
    return value
  }

  function forget(): void {
    if (file.value !== undefined) void invoke('imports:close', id())
    file.value = undefined
    plan.value = undefined
  }

  async function openFile(open: (readingId: string) => Promise<Result<ImportFile | null>>): Promise<void> {
    if (busy.value) return
    const opened = await request(reading.read(open))
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
    step.value = 'plan'
  }

  async function send(): Promise<void> {
    const started = await request(invoke('imports:apply', { ...id(), confirmation: confirmation.value }))
    if (started !== undefined) {
      run.value = usePlan(started)
      step.value = 'applied'
    } else if (error.value?.code === 'conflict') {
      const reason = error.value
      show(await request(invoke('imports:get', id())))
      error.value = reason
    }
  }

  async function save(which: 'wrong' | 'result'): Promise<void> {
    const saved = await request(invoke('imports:saveResult', { ...id(), which }))
    if (saved?.saved === true) notify.success(`Saved as ${saved.name}`)
  }

  onScopeDispose(forget)

  return {
    step,
    file,
    mapping,
    plan,
    confirmation,
    error,
    busy,
    run,
    revision,
    missing,
    canPlan,
    canSend,
    creating,
    reading,
    choose: () => openFile((readingId) => invoke('imports:choose', { serverId: server().id, resource, readingId })),
    drop: (dropped: File) =>
      openFile((readingId) => importDropped(dropped, { serverId: server().id, resource, readingId })),
    makePlan: async () => show(await request(invoke('imports:map', { ...id(), mapping: [...mapping.value] }))),
    send,
    save,
  }
}
