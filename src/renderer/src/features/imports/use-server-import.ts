import { shallowRef } from 'vue'
import { countText } from '@shared/format/count-text'
import { copiedName, serversImport } from '@shared/domain/import'
import { invoke } from '@/ipc/client'
import { useNotify } from '@/stores/notify'
import { useImportFile } from './use-import-file'

/** One import of servers into the workspace, from the selection of its file until they are added. */
export function useServerImport(onAdded: () => void) {
  const notify = useNotify()
  const step = shallowRef<'file' | 'columns' | 'plan'>('file')
  const opened = useImportFile(
    () => ({ resource: serversImport }),
    () => (step.value = 'columns'),
  )
  const { id, error, request } = opened

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
    const { added, passwords, failed } = result
    const title = `${countText(added, 'server')} added`
    const file = opened.file.value?.file ?? ''
    // Both still have the passwords in plain text.
    const left = Object.entries(opened.plan.value?.counts ?? {}).reduce(
      (sum, [state, count]) => (state === 'create' ? sum : sum + count),
      failed.length,
    )
    const cleanUp =
      left > 0
        ? `${countText(left, 'other row')} of ${file} may have more passwords.`
        : file === copiedName
          ? 'Clear the clipboard.'
          : `Delete ${file}.`
    const hints = [
      ...(failed.length > 0 ? ['These passwords were not saved:'] : []),
      ...failed.map(({ serverName, message }) => `${serverName}: ${message}`),
      ...(passwords > 0 ? [`${countText(passwords, 'password')} saved in the keychain. ${cleanUp}`] : []),
    ]
    if (failed.length > 0) notify.warning(title, hints.join('\n'))
    else notify.success(title, hints.join('\n') || undefined)
    opened.finish()
    onAdded()
  }

  return { ...opened, step, check, add }
}
