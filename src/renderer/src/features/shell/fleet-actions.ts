import { useRouter } from 'vue-router'
import type { ServerId } from '@shared/domain/server'
import { isMutedKeyOf, mutedKey } from '@shared/fleet/alerts'
import type { BoardRow } from '@shared/fleet/board-row'
import { folderTerm } from '@shared/fleet/filter'
import type { AppError, Result } from '@shared/ipc/result'
import type { MenuItem } from '@/composables/context-menu'
import { useDialogs } from '@/composables/dialogs'
import { useFleetAccess } from '@/composables/fleet-access'
import { useSelectedServers } from '@/composables/selected-servers'
import { useWorkspaceFiles } from '@/features/workspace/workspace-files'
import { invoke } from '@/ipc/client'
import { useFleet } from '@/stores/fleet'
import { useNotify } from '@/stores/notify'
import { useSettings } from '@/stores/settings'
import { useWorkspace } from '@/stores/workspace'

interface SavedBoard {
  readonly columns: readonly string[]
  readonly rows: readonly (readonly string[])[]
}

/** Actions on many servers, with a notification of errors. */
export function useFleetActions() {
  const router = useRouter()
  const fleet = useFleet()
  const notify = useNotify()
  const settings = useSettings()
  const workspace = useWorkspace()
  const dialogs = useDialogs()
  const { mayChange } = useFleetAccess()
  const files = useWorkspaceFiles()
  const selected = useSelectedServers()

  async function report(reply: Promise<Result<unknown>>, title: string): Promise<void> {
    const result: { readonly ok: true } | { readonly ok: false; readonly error: AppError } = await reply
    if (!result.ok) notify.error(result.error, title)
  }

  const signIn = (ids: readonly ServerId[]) => report(fleet.signIn(ids), 'Sign-in was not started')
  const read = (ids: readonly ServerId[]) => report(fleet.read(ids), 'Refresh was not started')
  const everyId = (): readonly ServerId[] => workspace.servers.map(({ id }) => id)
  const signInToAll = () => signIn(everyId())
  const readAll = () => read(everyId())
  const markSeen = () => report(fleet.markSeen(), 'The alerts were not marked as seen')
  const setPaused = (ids: readonly ServerId[], paused: boolean) =>
    report(workspace.setPaused(ids, paused), paused ? 'The servers were not paused' : 'The servers were not resumed')

  async function save({ columns, rows }: SavedBoard): Promise<void> {
    const reply = await invoke('fleet:save', { columns: [...columns], rows: rows.map((row) => [...row]) })
    if (!reply.ok) notify.error(reply.error, 'The fleet was not exported')
    else if (reply.value.saved) notify.success('Fleet exported', reply.value.name)
  }

  /** Previews the passwords of a password manager's file. */
  async function importPasswords(): Promise<void> {
    const reply = await invoke('passwords:choose', {})
    if (!reply.ok) return notify.error(reply.error, 'The file was not imported')
    if (reply.value !== null) dialogs.open({ kind: 'import-passwords', file: reply.value })
  }

  function toggleMuted({ server, alerts, mutedAlerts }: BoardRow): void {
    const others = settings.settings.mutedAlerts.filter((key) => !isMutedKeyOf(server.id, key))
    const muted = mutedAlerts.length > 0 ? [] : alerts.map(({ kind }) => mutedKey(server.id, kind))
    void report(settings.patch({ mutedAlerts: [...others, ...muted] }), 'The alerts were not muted')
  }

  const muteItem = (row: BoardRow): MenuItem => ({
    label: row.mutedAlerts.length > 0 ? 'Unmute alerts' : 'Mute alerts',
    off: row.alerts.length + row.mutedAlerts.length === 0 && 'It has no alerts',
    run: () => toggleMuted(row),
  })

  /** Opens the tables of the fleet for these servers. */
  function showRecords(ids: readonly ServerId[]): void {
    selected.select(ids)
    void router.push({ name: 'merged', params: { resource: 'tenants' } })
  }

  /** The rollouts that servers can be selected for. */
  const rolloutItems = (ids: readonly ServerId[]): readonly MenuItem[] => [
    ...(mayChange('ip-rules', ids)
      ? [{ label: 'Block or allow addresses…', run: () => dialogs.open({ kind: 'rule-rollout', serverIds: ids }) }]
      : []),
    ...(mayChange('certificate', ids)
      ? [{ label: 'Replace certificate…', run: () => dialogs.open({ kind: 'certificate-rollout', serverIds: ids }) }]
      : []),
  ]

  /** The menu of several servers that are selected in the sidebar. */
  function serversMenu(ids: readonly ServerId[]): readonly MenuItem[] {
    const isPaused = ids.every((id) => workspace.byId.get(id)?.paused === true)
    return [
      { label: 'Show their tenants, rules and settings', run: () => showRecords(ids) },
      ...rolloutItems(ids),
      { label: 'Sign in', run: () => void signIn(ids) },
      { label: 'Refresh', run: () => void read(ids) },
      { label: isPaused ? 'Resume' : 'Pause', run: () => void setPaused(ids, !isPaused) },
      { label: 'Export…', separated: true, run: () => void files.exportFile(ids) },
    ]
  }

  const inFolder = (folder: string): readonly ServerId[] =>
    workspace.servers.filter((server) => server.folder === folder).map(({ id }) => id)

  /** The menu of a group of the board. Its actions are for the servers that the filter shows, not for the whole folder. */
  function groupMenu(folder: string, ids: readonly ServerId[]): readonly MenuItem[] {
    return folder === '' || ids.length < inFolder(folder).length ? serversMenu(ids) : folderMenu(folder, false)
  }

  /** The menu of a folder; in the sidebar, there is a key for renaming. */
  function folderMenu(folder: string, hasKeys = true): readonly MenuItem[] {
    const ids = inFolder(folder)
    const isPaused = ids.every((id) => workspace.byId.get(id)?.paused === true)
    return [
      {
        label: 'Show on the fleet board',
        run: () => void router.push({ name: 'fleet', query: { filter: folderTerm(folder) } }),
      },
      {
        label: 'Show its tenants, rules and settings',
        run: () => {
          selected.clear()
          void router.push({ name: 'merged', params: { resource: 'tenants' }, query: { filter: folderTerm(folder) } })
        },
      },
      ...rolloutItems(ids),
      { label: 'Sign in to all in this folder', run: () => void signIn(ids) },
      { label: 'Refresh', run: () => void read(ids) },
      { label: isPaused ? 'Resume' : 'Pause', run: () => void setPaused(ids, !isPaused) },
      {
        label: 'Add a server…',
        separated: true,
        run: () => dialogs.open({ kind: 'server-form', folder }),
      },
      { label: 'Export…', run: () => void files.exportFile(ids) },
      {
        label: 'Rename…',
        ...(hasKeys && { hint: 'F2' }),
        separated: true,
        run: () => dialogs.open({ kind: 'rename-folder', folder }),
      },
      {
        label: 'Ungroup',
        run: () => void report(workspace.renameFolder(folder, ''), 'The folder was not ungrouped'),
      },
    ]
  }

  const toggleDensity = (): void =>
    void settings.patch({ boardDensity: settings.settings.boardDensity === 'compact' ? 'normal' : 'compact' })

  return {
    signIn,
    signInToAll,
    read,
    readAll,
    markSeen,
    setPaused,
    save,
    muteItem,
    folderMenu,
    groupMenu,
    serversMenu,
    toggleDensity,
    importPasswords,
  }
}
