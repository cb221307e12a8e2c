import { computed } from 'vue'
import type { ServerId, ServerRecord } from '@shared/domain/server'
import type { SessionState } from '@shared/domain/session'
import type { StoredFacts } from '@shared/fleet/facts'
import type { NewAlert } from '@shared/fleet/raised-file'
import { boardRow, verdictCounts } from '@shared/fleet/board-row'
import { awaited } from '@shared/fleet/needs-attention'
import { compareNames } from '@shared/rows/order'
import { useThrottled } from '@/composables/throttled'
import { useNow } from '@/composables/time'
import { useFleet } from '@/stores/fleet'
import { useSessions } from '@/stores/sessions'
import { useSettings } from '@/stores/settings'
import { useWorkspace } from '@/stores/workspace'
import { boardTableRow, type BoardTableRow } from './board-cells'

/** Ages on the board are shown in minutes. */
const tickMs = 10_000
/** Signing in to hundreds of servers changes thousands of states; each is shown within this time. */
const updateMs = 100

interface Inputs {
  readonly server: ServerRecord
  readonly session: SessionState
  readonly facts: StoredFacts | undefined
  readonly now: number
  readonly muted: ReadonlySet<string>
  readonly raised: readonly NewAlert[] | undefined
}

/** Makes the row of a server again only if something of it has changed. */
function rowMaker() {
  const made = new Map<ServerId, { readonly inputs: Inputs; readonly row: BoardTableRow }>()
  return (inputs: Inputs): BoardTableRow => {
    const { server, session, facts, now, muted, raised } = inputs
    const last = made.get(server.id)
    if (
      last !== undefined &&
      (Object.keys(inputs) as (keyof Inputs)[]).every((key) => last.inputs[key] === inputs[key])
    )
      return last.row
    const row = boardTableRow(boardRow(server, session, facts, now, muted, raised), now)
    made.set(server.id, { inputs, row })
    return row
  }
}

function byServer(alerts: readonly NewAlert[]): ReadonlyMap<ServerId, readonly NewAlert[]> {
  const found = new Map<ServerId, NewAlert[]>()
  for (const alert of alerts) found.set(alert.serverId, [...(found.get(alert.serverId) ?? []), alert])
  return found
}

/** The rows of the board and what is counted on it. */
export function useBoard() {
  const workspace = useWorkspace()
  const sessions = useSessions()
  const fleet = useFleet()
  const settings = useSettings()
  const now = useNow(tickMs)

  const muted = computed(() => new Set(settings.settings.mutedAlerts))
  const raised = computed(() => byServer(fleet.newAlerts))
  const makeRow = rowMaker()
  const tableRows = useThrottled(
    () =>
      workspace.servers.map((server) =>
        makeRow({
          server,
          session: sessions.state(server.id),
          facts: fleet.facts.get(server.id),
          now: now.value,
          muted: muted.value,
          raised: raised.value.get(server.id),
        }),
      ),
    updateMs,
  )
  const rows = computed(() => tableRows.value.map(({ board }) => board))
  const counts = computed(() => verdictCounts(rows.value))
  /** Servers that wait for a person, by name. */
  const waiting = computed(() =>
    rows.value
      .filter(({ server, session }) => server.paused !== true && awaited(session.phase) !== undefined)
      .sort((a, b) => compareNames(a.server.name, b.server.name)),
  )
  return { now, rows, tableRows, counts, waiting }
}
