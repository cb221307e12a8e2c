import { computed, shallowRef } from 'vue'
import { countText } from '@shared/format/count-text'
import { copiedName, serversImport, type AddedServers } from '@shared/domain/import'
import { invoke } from '@/ipc/client'
import { useNotify } from '@/stores/notify'
import { useImportFile } from './use-import-file'

/** One import of servers into the workspace, from the selection of its file to its result. */
export function useServerImport(onAdded: () => void) {
  const notify = useNotify()
  const step = shallowRef<'file' | 'columns' | 'plan' | 'applied'>('file')
  const added = shallowRef<AddedServers>()
  const opened = useImportFile(
    () => ({ resource: serversImport }),
    () => (step.value = 'columns'),
  )
  const { id, error, request } = opened
  const counts = computed(() => Object.entries(opened.plan.value?.counts ?? {}))
  /** How many rows were not added, or will not be. */
  const left = computed(() => counts.value.reduce((sum, [state, count]) => (state === 'create' ? sum : sum + count), 0))

  async function check(): Promise<void> {
    if (await opened.showPlan(invoke('imports:map', opened.setup()))) step.value = 'plan'
  }

  async function add(): Promise<void> {
    const result = await request(invoke('imports:addServers', id()))
    if (result === undefined) {
      const reason = error.value
      // The rows were compared with the workspace as it is now.
      if (reason?.code === 'conflict') await opened.showPlan(invoke('imports:map', opened.setup()))
      error.value = reason
      return
    }
    added.value = result
    opened.finish()
    if (left.value > 0) {
      step.value = 'applied'
      return
    }
    const title = `${countText(result.added, 'server')} added`
    if (result.failed.length > 0) notify.warning(title, hints.value.join('\n'))
    else notify.success(title, hints.value.join('\n') || undefined)
    onAdded()
  }

  /** What became of the passwords. */
  const hints = computed((): readonly string[] => {
    const { passwords, failed } = added.value ?? { passwords: 0, failed: [] }
    const file = opened.file.value?.file ?? ''
    // Both still have the passwords in plain text.
    const others = left.value + failed.length
    const cleanUp =
      others > 0
        ? `${countText(others, 'other row')} of ${file} may have more passwords.`
        : file === copiedName
          ? 'Clear the clipboard.'
          : `Delete ${file}.`
    return [
      ...(failed.length > 0 ? ['These passwords were not saved:'] : []),
      ...failed.map(({ serverName, message }) => `${serverName}: ${message}`),
      ...(passwords > 0 ? [`${countText(passwords, 'password')} saved in the keychain. ${cleanUp}`] : []),
    ]
  })

  return { ...opened, step, added, left, hints, check, add }
}
