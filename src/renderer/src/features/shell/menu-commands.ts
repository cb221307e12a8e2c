import { onScopeDispose } from 'vue'
import { useRouter } from 'vue-router'
import { newAlertsFilter } from '@shared/fleet/filter'
import type { MenuCommand } from '@shared/ipc/events'
import { on } from '@/ipc/client'
import { useWorkspaceFiles } from '@/features/workspace/workspace-files'
import { useCurrentServer } from '@/composables/current-server'
import { useDialogs } from '@/composables/dialogs'
import { useNotify } from '@/stores/notify'
import { useFleetActions } from './fleet-actions'

/** Runs the commands of the native menu, except for `new-item`, `find` and `reload-page`, which pages handle. */
export function useMenuCommands(): void {
  const router = useRouter()
  const dialogs = useDialogs()
  const files = useWorkspaceFiles()
  const { server } = useCurrentServer()
  const fleetActions = useFleetActions()
  const notify = useNotify()

  const runs: { readonly [C in MenuCommand]?: () => void } = {
    back: () => router.back(),
    forward: () => router.forward(),
    palette: () => dialogs.open({ kind: 'palette' }),
    'add-server': () => dialogs.open({ kind: 'server-form' }),
    'add-practice-server': () => dialogs.open({ kind: 'practice-add' }),
    'import-passwords': () => void fleetActions.importPasswords(),
    'import-servers': () => dialogs.open({ kind: 'import-servers' }),
    'import-workspace': () => void files.importFile(),
    'export-workspace': () => void files.exportFile(),
    'open-export': () => void router.push({ name: 'exports', query: { open: 'file' } }),
    'show-fleet': () => void router.push({ name: 'fleet' }),
    'show-new-alerts': () => void router.push({ name: 'fleet', query: { filter: newAlertsFilter } }),
    'show-search': () => void router.push({ name: 'search' }),
    'sign-in-all': () => void fleetActions.signInToAll(),
    'show-exports': () => void router.push({ name: 'exports' }),
    'show-plans': () => void router.push({ name: 'plans' }),
    'show-journal': () => void router.push({ name: 'journal' }),
    'revert-last': () => void router.push({ name: 'journal', query: { open: 'last' } }),
    about: () => dialogs.open({ kind: 'about' }),
    'practice-faults': () => {
      if (server.value?.practice) return dialogs.open({ kind: 'practice-faults', serverId: server.value.id })
      const title = server.value ? `No practice faults for ${server.value.name}` : 'Open a practice server first'
      notify.info(
        title,
        'Faults can be set for the practice servers that this app runs: menu Practice, Add Practice Server.',
      )
    },
  }

  onScopeDispose(on('menu:command', (command) => runs[command]?.()))
}
