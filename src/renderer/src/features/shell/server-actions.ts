import { useRouter } from 'vue-router'
import type { ServerId, ServerRecord } from '@shared/domain/server'
import { canTryPassword } from '@shared/fleet/needs-attention'
import type { MenuItem } from '@/composables/context-menu'
import { useDialogs } from '@/composables/dialogs'
import { canEndSession } from '@/composables/session-question'
import { useConnect } from '@/features/session/use-connect'
import { useNotify } from '@/stores/notify'
import { useSessions } from '@/stores/sessions'
import { useWorkspace } from '@/stores/workspace'
import { useFleetActions } from './fleet-actions'
import { stepTarget } from './tree-rows'

/** The actions for a server of the workspace, for its menu and keys. */
export function useServerActions() {
  const router = useRouter()
  const workspace = useWorkspace()
  const sessions = useSessions()
  const dialogs = useDialogs()
  const notify = useNotify()
  const fleetActions = useFleetActions()
  const { connect } = useConnect()

  async function moveTo(serverId: ServerId, before: ServerId | null, folder: string): Promise<void> {
    const reply = await workspace.move(serverId, before, folder)
    if (!reply.ok) notify.error(reply.error, 'The server was not moved')
  }

  function step(server: ServerRecord, by: 1 | -1): void {
    const target = stepTarget(workspace.servers, server.id, by)
    if (target) void moveTo(server.id, target.before, server.folder)
  }

  async function duplicate(server: ServerRecord): Promise<void> {
    const reply = await workspace.duplicate(server.id)
    if (!reply.ok) notify.error(reply.error, 'The server was not duplicated')
    else dialogs.open({ kind: 'server-form', serverId: reply.value.id })
  }

  async function signOut(server: ServerRecord): Promise<void> {
    if (!(await canEndSession(server.id))) return
    const reply = await sessions.signOut(server.id)
    if (!reply.ok) notify.error(reply.error, `Sign-out of ${server.name} failed`)
  }

  async function openPortal(server: ServerRecord): Promise<void> {
    const reply = await workspace.openPortal(server.id)
    if (!reply.ok) notify.error(reply.error, `The web portal of ${server.name} was not opened`)
  }

  /** With a saved password, the page in view stays; otherwise that of the server opens, where a person enters or decides. */
  async function signIn(server: ServerRecord): Promise<void> {
    const { phase, passwordStored } = sessions.state(server.id)
    if (canTryPassword(phase) && passwordStored) return fleetActions.signIn([server.id])
    await open(server)
    if (canTryPassword(phase)) await connect(server)
  }

  const open = (server: ServerRecord) => router.push({ name: 'overview', params: { serverId: server.id } })
  const edit = (server: ServerRecord) => dialogs.open({ kind: 'server-form', serverId: server.id })
  const remove = (server: ServerRecord) => dialogs.open({ kind: 'remove-server', serverId: server.id })

  const menu = (server: ServerRecord): readonly MenuItem[] => [
    { label: 'Open', hint: 'Enter', run: () => void open(server) },
    { label: 'Edit…', hint: 'F2', run: () => edit(server) },
    { label: 'Duplicate', run: () => void duplicate(server) },
    sessions.state(server.id).phase === 'signed-in'
      ? { label: 'Sign out', run: () => void signOut(server) }
      : { label: 'Sign in', run: () => void signIn(server) },
    { label: 'Refresh', run: () => void fleetActions.read([server.id]) },
    {
      label: server.paused ? 'Resume' : 'Pause',
      run: () => void fleetActions.setPaused([server.id], server.paused !== true),
    },
    { label: 'Open web portal', run: () => void openPortal(server) },
    ...(server.practice
      ? [{ label: 'Practice faults…', run: () => dialogs.open({ kind: 'practice-faults', serverId: server.id }) }]
      : []),
    {
      label: 'Move up',
      hint: 'Alt+↑',
      separated: true,
      off: !stepTarget(workspace.servers, server.id, -1) && 'It is already first',
      run: () => step(server, -1),
    },
    {
      label: 'Move down',
      hint: 'Alt+↓',
      off: !stepTarget(workspace.servers, server.id, 1) && 'It is already last',
      run: () => step(server, 1),
    },
    { label: 'Move to folder…', run: () => dialogs.open({ kind: 'move-server', serverId: server.id }) },
    { label: 'Remove…', hint: 'Del', danger: true, separated: true, run: () => remove(server) },
  ]

  return { menu, open, edit, remove, duplicate, signOut, step, moveTo }
}
