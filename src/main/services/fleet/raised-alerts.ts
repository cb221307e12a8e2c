import type { ServerId, ServerRecord } from '@shared/domain/server'
import type { SessionState } from '@shared/domain/session'
import { boardRow, type BoardRow } from '@shared/fleet/board-row'
import type { StoredFacts } from '@shared/fleet/facts'
import { asSeen, newAlertsOf, nextAlerts, raisedBetween } from '@shared/fleet/raised-alerts'
import { alertsFileSchema, type AlertsFile, type KnownAlerts, type NewAlert } from '@shared/fleet/raised-file'
import { realTiming, type Timing } from '../../portsip/token-bucket'
import { JsonStore } from '../../storage/json-store'

/** The file of what was raised. */
export const alertsStore = (file: string): JsonStore<AlertsFile> =>
  new JsonStore({ file, schema: alertsFileSchema, version: 1, empty: { version: 1, servers: [] } })

interface AlertsDeps {
  readonly store: JsonStore<AlertsFile>
  readonly ids: () => readonly ServerId[]
  /** Undefined for a server that is not in the workspace. */
  readonly record: (id: ServerId) => ServerRecord | undefined
  readonly state: (id: ServerId) => SessionState
  readonly facts: (id: ServerId) => StoredFacts | undefined
  readonly muted: () => ReadonlySet<string>
  /** Called with all new alerts when they have changed. */
  readonly onChange: (alerts: readonly NewAlert[]) => void
  readonly onRaised: (alerts: readonly NewAlert[]) => void
  readonly report: (what: string, error?: unknown) => void
  /** Milliseconds since 1970. */
  readonly now: () => number
  readonly timing?: Timing
}

/** Ends come nearer without a change, and an outage becomes a minute old. */
const tickMs = 15_000
const saveAfterMs = 5_000

/** Raises each alert once: when it is new and when it becomes more urgent, also over restarts. */
export class RaisedAlerts {
  private readonly known: Map<ServerId, KnownAlerts>
  private readonly timing: Timing
  private cancelTick: (() => void) | undefined
  private cancelSave: (() => void) | undefined

  constructor(private readonly deps: AlertsDeps) {
    this.timing = deps.timing ?? realTiming
    this.known = new Map(deps.store.value.servers.map(({ serverId, known }) => [serverId, known]))
  }

  /** Forgets servers that are gone, compares what is known of the others, and continues every few seconds. */
  start(): void {
    this.forget([...this.known.keys()].filter((id) => this.deps.record(id) === undefined))
    this.tick()
  }

  stop(): void {
    this.cancelTick?.()
    this.cancelTick = undefined
  }

  /** All new alerts. */
  list(): readonly NewAlert[] {
    return [...this.known].flatMap(([id, known]) => newAlertsOf(id, known))
  }

  /** The servers of these alerts as rows of the board, with those of the alerts that are still new. */
  rowsOf(alerts: readonly NewAlert[]): readonly BoardRow[] {
    const { record, state, facts, muted, now } = this.deps
    const isAsked = (alert: NewAlert): boolean => alerts.some((asked) => isSame(asked, alert))
    return [...new Set(alerts.map(({ serverId }) => serverId))].flatMap((id) => {
      const server = record(id)
      const raised = newAlertsOf(id, this.known.get(id) ?? {}).filter(isAsked)
      return server ? [boardRow(server, state(id), facts(id), now(), muted(), raised)] : []
    })
  }

  /** Compares these servers, by default all, with what is known about them. */
  check(ids = this.deps.ids()): void {
    const raised = ids.flatMap((id) => this.checkServer(id))
    if (raised.length > 0) this.deps.onRaised(raised)
  }

  /** An alert that was raised again meanwhile stays new. */
  markSeen(alerts: readonly NewAlert[]): void {
    for (const alert of alerts) {
      const known = this.known.get(alert.serverId) ?? {}
      const { [alert.kind]: seen } = known
      const isNew = newAlertsOf(alert.serverId, known).some((current) => isSame(current, alert))
      if (isNew && seen) this.known.set(alert.serverId, { ...known, [alert.kind]: asSeen(seen) })
    }
    this.changed()
  }

  /** To be called for removed servers, and for servers with another address. */
  forget(ids: readonly ServerId[]): void {
    const wereKnown = ids.filter((id) => this.known.delete(id))
    if (wereKnown.length > 0) this.changed()
  }

  /** Saves what has not been saved yet. */
  async settled(): Promise<void> {
    if (this.cancelSave !== undefined) await this.save()
    await this.deps.store.settled()
  }

  private tick(): void {
    this.cancelTick = this.timing.after(tickMs, () => this.tick())
    this.check()
  }

  private checkServer(id: ServerId): readonly NewAlert[] {
    const { record, state, facts, muted, now } = this.deps
    const server = record(id)
    if (server === undefined) return []
    const before = this.known.get(id) ?? {}
    const after = nextAlerts(before, { server, session: state(id), facts: facts(id), muted: muted() }, now())
    if (after === before) return []
    this.known.set(id, after)
    const isShown = JSON.stringify(newAlertsOf(id, after)) !== JSON.stringify(newAlertsOf(id, before))
    if (isShown) this.changed()
    else this.saveLater()
    return raisedBetween(id, before, after)
  }

  private changed(): void {
    this.deps.onChange(this.list())
    this.saveLater()
  }

  private saveLater(): void {
    this.cancelSave ??= this.timing.after(saveAfterMs, () => void this.save())
  }

  private async save(): Promise<void> {
    this.cancelSave?.()
    this.cancelSave = undefined
    const servers = [...this.known].map(([serverId, known]) => ({ serverId, known }))
    await this.deps.store
      .update(() => ({ version: 1, servers }))
      .catch((error: unknown) => this.deps.report('raised alerts not saved', error))
  }
}

const isSame = (a: NewAlert, b: NewAlert): boolean =>
  a.serverId === b.serverId && a.kind === b.kind && a.raisedAt === b.raisedAt
