import { mayUse } from '@shared/access/allowed'
import type { ServerId } from '@shared/domain/server'
import { useSessions } from '@/stores/sessions'
import { useWorkspace } from '@/stores/workspace'

/** What the accounts of several servers may change. */
export function useFleetAccess() {
  const workspace = useWorkspace()
  const sessions = useSessions()

  const mayChangeOn = (pageOrResource: string) => (serverId: ServerId) =>
    mayUse(sessions.state(serverId), pageOrResource, 'change')

  return {
    /**
     * Whether the account of some server may change this; as long as none of the servers is signed in, nothing is known
     * of their accounts, and it may.
     */
    mayChange(pageOrResource: string, serverIds: Iterable<ServerId> = workspace.servers.map(({ id }) => id)): boolean {
      const signedIn = [...new Set(serverIds)].filter((id) => sessions.state(id).phase === 'signed-in')
      return signedIn.length === 0 || signedIn.some(mayChangeOn(pageOrResource))
    },
  }
}
