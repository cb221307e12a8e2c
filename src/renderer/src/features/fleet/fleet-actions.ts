import type { ServerId } from '@shared/domain/server'
import type { BoardRow } from '@shared/fleet/board-row'
import type { AppError, Result } from '@shared/ipc/result'
import type { MenuItem } from '@/composables/context-menu'
import { invoke } from '@/ipc/client'
import { useFleet } from '@/stores/fleet'
import { useNotify } from '@/stores/notify'
import { useSettings } from '@/stores/settings'

/** Actions on many servers, with a notification of errors. */
export function useFleetActions() {
  const fleet = useFleet()
  const notify = useNotify()
  const settings = useSettings()

  async function report(reply: Promise<Result<unknown>>, title: string): Promise<void> {
    const result: { readonly ok: true } | { readonly ok: false; readonly error: AppError } = await reply
    if (!result.ok) notify.error(result.error, title)
  }

  const signIn = (ids: readonly ServerId[]) => report(fleet.signIn(ids), 'Sign-in was not started')
  const read = (ids: readonly ServerId[]) => report(fleet.read(ids), 'Refresh was not started')
  const setPaused = (ids: readonly ServerId[], paused: boolean) =>
    report(invoke('workspace:setPaused', { serverIds: [...ids], paused }), 'The server was not changed')

  async function save(columns: readonly string[], rows: readonly (readonly string[])[]): Promise<void> {
    const reply = await invoke('fleet:save', { columns: [...columns], rows: rows.map((row) => [...row]) })
    if (!reply.ok) notify.error(reply.error, 'The fleet was not exported')
    else if (reply.value.saved) notify.success('Fleet exported', reply.value.name)
  }

  function toggleMuted({ server, alerts, mutedAlerts }: BoardRow): void {
    const keys = alerts.map(({ kind }) => `${server.id} ${kind}`)
    const others = settings.settings.mutedAlerts.filter((key) => !key.startsWith(`${server.id} `))
    void report(
      settings.patch({ mutedAlerts: mutedAlerts.length > 0 ? others : [...others, ...keys] }),
      'The alerts were not muted',
    )
  }

  /** Items for the menu of a server on the board. */
  const menu = (row: BoardRow): readonly MenuItem[] => {
    const { server, alerts, mutedAlerts } = row
    return [
      { label: 'Sign in', disabled: row.session.phase === 'signed-in', run: () => void signIn([server.id]) },
      { label: 'Refresh', run: () => void read([server.id]) },
      {
        label: server.paused ? 'Resume' : 'Pause',
        run: () => void setPaused([server.id], server.paused !== true),
      },
      {
        label: mutedAlerts.length > 0 ? 'Unmute alerts' : 'Mute alerts',
        disabled: alerts.length + mutedAlerts.length === 0,
        run: () => toggleMuted(row),
      },
    ]
  }

  const toggleDensity = (): void =>
    void settings.patch({ boardDensity: settings.settings.boardDensity === 'compact' ? 'normal' : 'compact' })

  return { signIn, read, setPaused, save, menu, toggleDensity }
}
