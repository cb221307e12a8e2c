import { computed, shallowRef } from 'vue'
import { serverKey, type ImportChange, type ImportPlan } from '@shared/domain/import'
import type { ServerId } from '@shared/domain/server'
import type { ListId } from '@shared/resources/ids'
import { invoke } from '@/ipc/client'
import { missingTargets } from '@/features/rollouts/rollout-text'
import { useImportFile } from './use-import-file'

/** One import into several servers, from the selection of its file to its rollout. */
export function useManyImport(resource: ListId, selected: () => ReadonlySet<ServerId>) {
  const step = shallowRef<'file' | 'columns' | 'plan' | 'rollout'>('file')
  const plan = shallowRef<ImportPlan>()
  /** Increased when the rows change. */
  const revision = shallowRef(0)
  const opened = useImportFile(
    () => ({ resource }),
    () => {
      plan.value = undefined
      step.value = 'columns'
    },
  )
  const { mapping, id, request, canPlan } = opened

  /** A column names the server of each row. */
  const hasServers = computed(() => mapping.value.includes(serverKey))
  const isAnyField = computed(() => mapping.value.some((key) => key !== null && key !== serverKey))
  /** Why there is no preview yet; empty if there is. */
  const missingServers = computed(() => {
    if (!canPlan.value || !isAnyField.value) return 'Map the columns first'
    const missing = missingTargets(selected())
    return hasServers.value || missing === '' ? '' : `${missing}, or map a column to Server`
  })

  async function check(): Promise<void> {
    const serverIds = hasServers.value ? [] : [...selected()]
    show(await request(invoke('imports:mapMany', { ...opened.setup(), serverIds })))
  }

  function show(next: ImportPlan | undefined): void {
    if (next === undefined) return
    plan.value = next
    revision.value += 1
    step.value = 'plan'
  }

  return {
    ...opened,
    ...{ step, plan, revision, hasServers, missingServers, check },
    changeRows: async (change: ImportChange) => show(await opened.change(change)),
    preview: () => invoke('rollouts:preview', { kind: 'import', ...id() }),
  }
}
