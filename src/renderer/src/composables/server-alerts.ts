import { computed } from 'vue'
import type { ServerRecord } from '@shared/domain/server'
import { alertsOf, mutedKey, type Alert } from '@shared/fleet/alerts'
import { useNow } from '@/composables/time'
import { useFleet } from '@/stores/fleet'
import { useSettings } from '@/stores/settings'

/** Ends come nearer by days. */
const tickMs = 60_000

/** The alerts of a server as on the board, the most urgent first: not those that are muted, and none of a paused server. */
export function useServerAlerts(): (server: ServerRecord) => readonly Alert[] {
  const fleet = useFleet()
  const settings = useSettings()
  const now = useNow(tickMs)
  const muted = computed(() => new Set(settings.settings.mutedAlerts))
  return (server) =>
    server.paused === true
      ? []
      : alertsOf(fleet.facts.get(server.id), server, now.value).filter(
          ({ kind }) => !muted.value.has(mutedKey(server.id, kind)),
        )
}
