import { computed, shallowRef } from 'vue'
import type { ImportChange } from '@shared/domain/import'
import type { ServerRecord } from '@shared/domain/server'
import type { ListId } from '@shared/resources/ids'
import { missingConfirmation, nothingConfirmed, toConfirmAgain } from '@/components/form/confirm'
import { invoke } from '@/ipc/client'
import { usePlan, type PlanRun } from '@/features/plans/use-plan'
import { useImportFile } from './use-import-file'

export type ImportStep = 'file' | 'columns' | 'plan' | 'confirm' | 'applied'

/** One import into a server, from the selection of its file to its result. */
export function useImport(server: () => ServerRecord, resource: ListId) {
  const step = shallowRef<ImportStep>('file')
  const confirmation = shallowRef(nothingConfirmed)
  /** The plan of the applied rows. */
  const run = shallowRef<PlanRun>()
  const opened = useImportFile(
    () => ({ serverId: server().id, resource }),
    () => (step.value = 'columns'),
    {
      progress: () => ({
        isPreviewed: step.value === 'plan' || step.value === 'confirm',
        note: confirmation.value.note ?? '',
      }),
    },
  )
  const { plan, error, id, request, showPlan, creating } = opened

  /** Why it cannot be sent; empty if it can. */
  const missingToSend = computed(() =>
    creating.value === 0
      ? 'No row can be created'
      : missingConfirmation(server(), plan.value?.guards ?? [], confirmation.value),
  )

  async function show(isPlanned: Promise<boolean>): Promise<void> {
    if (!(await isPlanned)) return
    confirmation.value = toConfirmAgain(confirmation.value)
    step.value = 'plan'
  }

  async function send(): Promise<void> {
    const started = await request(invoke('imports:apply', { ...id(), confirmation: confirmation.value }))
    if (started !== undefined) {
      run.value = usePlan(started)
      opened.finish()
      step.value = 'applied'
    } else if (error.value?.code === 'conflict') {
      const reason = error.value
      await show(showPlan(invoke('imports:get', id())))
      error.value = reason
    }
  }

  const makePlan = (): Promise<void> => show(showPlan(invoke('imports:map', opened.setup())))

  if (opened.resumed !== undefined) {
    confirmation.value = { ...nothingConfirmed, note: opened.resumed.note }
    if (opened.resumed.isPreviewed) void makePlan()
  }

  return {
    ...opened,
    step,
    confirmation,
    run,
    missingToSend,
    makePlan,
    changeRows: (change: ImportChange) => show(opened.change(change)),
    send,
  }
}
