import { computed, shallowRef, watch } from 'vue'
import { serverKey } from '@shared/domain/import'
import type { ServerId } from '@shared/domain/server'
import type { ListId } from '@shared/resources/ids'
import { newestVersion } from '@shared/resources/newest-version'
import { invoke } from '@/ipc/client'
import { useRollouts } from '@/stores/rollouts'
import { useSessions } from '@/stores/sessions'
import { missingTargets } from '@/features/rollouts/rollout-text'
import { useImportFile } from './use-import-file'

/** One import into several servers, from the selection of its file to its rollout. */
export function useManyImport(resource: ListId, selected: () => ReadonlySet<ServerId>) {
  const sessions = useSessions()
  const rollouts = useRollouts()
  const rolloutId = shallowRef('')
  const step = shallowRef<'file' | 'columns' | 'plan' | 'rollout'>('file')
  const opened = useImportFile(
    () => ({ resource }),
    () => (step.value = 'columns'),
    {
      newest: () =>
        hasServers.value
          ? undefined
          : newestVersion([...selected()].map((serverId) => sessions.state(serverId).version)),
    },
  )
  const { mapping, missingColumns } = opened

  /** A column names the server of each row. */
  const hasServers = computed(() => mapping.value.includes(serverKey))
  const isAnyField = computed(() => mapping.value.some((key) => key !== null && key !== serverKey))
  /** Why there is no preview yet; empty if there is. */
  const missingServers = computed(() => {
    if (missingColumns.value !== '') return missingColumns.value
    if (!isAnyField.value) return 'Map a column to a field other than Server first'
    const missing = missingTargets(selected())
    return hasServers.value || missing === '' ? '' : `${missing}, or map a column to Server`
  })

  async function check(): Promise<void> {
    const serverIds = hasServers.value ? [] : [...selected()]
    if (await opened.showPlan(invoke('imports:mapMany', { ...opened.setup(), serverIds }))) step.value = 'plan'
  }

  async function preview() {
    const reply = await invoke('rollouts:preview', { kind: 'import', ...opened.id() })
    if (reply.ok) rolloutId.value = reply.value.id
    return reply
  }

  // A preview that was applied goes on without the file.
  watch(
    () => rollouts.byId(rolloutId.value)?.state ?? 'ready',
    (state) => (opened.isDone.value = state !== 'ready'),
  )

  return {
    ...opened,
    ...{ step, hasServers, missingServers, check },
    changeRows: opened.change,
    preview,
  }
}
