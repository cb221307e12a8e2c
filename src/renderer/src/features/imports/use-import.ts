import { computed, shallowRef } from 'vue'
import type { ImportChange, ImportPlan } from '@shared/domain/import'
import type { ServerRecord } from '@shared/domain/server'
import type { ListId } from '@shared/resources/ids'
import { isConfirmed, nothingConfirmed } from '@/components/form/confirm'
import { invoke } from '@/ipc/client'
import { usePlan, type PlanRun } from '@/features/plans/use-plan'
import { useImportFile } from './use-import-file'

export type ImportStep = 'file' | 'columns' | 'plan' | 'confirm' | 'applied'

/** One import into a server, from the selection of its file to its result. */
export function useImport(server: () => ServerRecord, resource: ListId) {
  const step = shallowRef<ImportStep>('file')
  const plan = shallowRef<ImportPlan>()
  const confirmation = shallowRef(nothingConfirmed)
  /** The plan of the applied rows. */
  const run = shallowRef<PlanRun>()
  /** Increased when the rows change. */
  const revision = shallowRef(0)
  const opened = useImportFile(
    () => ({ serverId: server().id, resource }),
    () => {
      plan.value = undefined
      step.value = 'columns'
    },
  )
  const { error, id, request } = opened

  const creating = computed(() => plan.value?.counts.create ?? 0)
  const canSend = computed(
    () => creating.value > 0 && isConfirmed(server(), plan.value?.guards ?? [], confirmation.value),
  )

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

  return {
    ...opened,
    step,
    plan,
    confirmation,
    run,
    revision,
    canSend,
    creating,
    makePlan: async () => show(await request(invoke('imports:map', opened.setup()))),
    changeRows: async (change: ImportChange) => show(await opened.change(change)),
    send,
  }
}
