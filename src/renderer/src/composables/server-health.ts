import type { ServerRecord } from '@shared/domain/server'
import { health, type Health } from '@shared/fleet/health'
import { useFleet } from '@/stores/fleet'
import { useSessions } from '@/stores/sessions'

/** The state of a server, the same wherever it is shown. */
export function useServerHealth(): (server: ServerRecord) => Health {
  const sessions = useSessions()
  const fleet = useFleet()
  return (server) => health(sessions.state(server.id), server, fleet.facts.get(server.id))
}
