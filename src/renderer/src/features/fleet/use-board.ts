import { computed } from 'vue'
import { boardRow, verdicts, type Verdict } from '@shared/fleet/board-row'
import { awaited } from '@shared/fleet/needs-attention'
import { compareNames } from '@shared/rows/order'
import { useNow } from '@/composables/time'
import { useFleet } from '@/stores/fleet'
import { useSessions } from '@/stores/sessions'
import { useSettings } from '@/stores/settings'
import { useWorkspace } from '@/stores/workspace'
import { boardTableRow } from './board-cells'

/** Ages on the board are shown in minutes. */
const tickMs = 10_000

/** The rows of the board and what is counted on it. */
export function useBoard() {
  const workspace = useWorkspace()
  const sessions = useSessions()
  const fleet = useFleet()
  const settings = useSettings()
  const now = useNow(tickMs)

  const muted = computed(() => new Set(settings.settings.mutedAlerts))
  const rows = computed(() =>
    workspace.servers.map((server) =>
      boardRow(server, sessions.state(server.id), fleet.facts.get(server.id), now.value, muted.value),
    ),
  )
  const tableRows = computed(() => rows.value.map((row) => boardTableRow(row, now.value)))
  const counts = computed(() => {
    const found = new Map<Verdict, number>()
    for (const { verdict } of rows.value) found.set(verdict, (found.get(verdict) ?? 0) + 1)
    return (Object.keys(verdicts) as readonly Verdict[]).flatMap((verdict) => {
      const count = found.get(verdict) ?? 0
      return count === 0 ? [] : [{ verdict, count }]
    })
  })
  /** Servers that wait for a person, by name. */
  const waiting = computed(() =>
    rows.value
      .filter(({ server, session }) => server.paused !== true && awaited(session.phase) !== undefined)
      .sort((a, b) => compareNames(a.server.name, b.server.name)),
  )
  return { now, rows, tableRows, counts, waiting }
}
