import type { AddressChoice, ServerRecord } from '@shared/domain/server'
import { canEndSession } from '@/composables/session-question'
import { useNotify } from '@/stores/notify'
import { useSessions } from '@/stores/sessions'

/** Connects servers, with a notification of errors that no panel shows. */
export function useConnect() {
  const sessions = useSessions()
  const notify = useNotify()

  async function connect(server: ServerRecord): Promise<void> {
    const reply = await sessions.connect(server.id)
    if (reply.ok) return
    const { phase, error } = sessions.state(server.id)
    if (phase === 'signed-out' && error === undefined) notify.error(reply.error, `Sign-in to ${server.name} failed`)
  }

  /** Switches to the other address, and connects if main does not. */
  async function useAddress(server: ServerRecord, address: AddressChoice): Promise<void> {
    if (!(await canEndSession(server.id))) return
    const reply = await sessions.useAddress(server.id, address)
    if (!reply.ok) return notify.error(reply.error, `The address of ${server.name} was not changed`)
    if (reply.value.phase === 'signed-out') await connect(server)
  }

  return { connect, useAddress }
}
