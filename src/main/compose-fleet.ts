import { powerMonitor } from 'electron'
import type { Shell } from './compose-shell'
import { registerFleetIpc } from './ipc/fleet.ipc'
import { ifPresent, type Servers } from './servers/servers'
import { AlertNotifier } from './services/fleet/alert-notifier'
import { FleetFacts, factsStore } from './services/fleet/facts'
import { noteRecord } from './services/fleet/note-record'
import { noteState } from './services/fleet/note-state'
import { RaisedAlerts, alertsStore } from './services/fleet/raised-alerts'
import { readAfterSignIn, readFacts } from './services/fleet/read-facts'
import { FleetRefresher } from './services/fleet/refresher'
import { FleetRounds } from './services/fleet/rounds'
import { onSignIn } from './services/session/on-sign-in'
import type { SessionService } from './services/session/session-service'
import { showNotification } from './system-notification'

/** Composes what raises alerts, each once, and shows them as notifications if the user wants that. */
function composeAlerts(
  { push, profile, report, workspace, settings, showWindow }: Shell,
  servers: Servers,
  facts: Pick<FleetFacts, 'get'>,
): RaisedAlerts {
  let muted: ReadonlySet<string> = new Set(settings.get().mutedAlerts)
  const alerts: RaisedAlerts = new RaisedAlerts({
    store: alertsStore(profile('fleet-alerts.json')),
    ids: () => workspace.list().map(({ id }) => id),
    record: (id) => ifPresent(() => servers.record(id)),
    state: (id) => servers.state(id),
    facts: (id) => facts.get(id),
    muted: () => muted,
    onChange: (list) => push('fleet:alerts', list),
    onRaised: (raised) => notifier.add(raised),
    report,
    now: Date.now,
  })
  const openAlerts = (): void => {
    showWindow()
    push('menu:command', 'show-new-alerts')
  }
  const notifier = new AlertNotifier({
    isOn: () => settings.get().notifyAlerts,
    rowsOf: (raised) => alerts.rowsOf(raised),
    show: (note) => showNotification(note, openAlerts),
  })
  settings.onChange(({ mutedAlerts }) => {
    if (mutedAlerts.length === muted.size && mutedAlerts.every((key) => muted.has(key))) return
    muted = new Set(mutedAlerts)
    alerts.check()
  })
  return alerts
}

/** Composes what works over all servers: their facts and alerts, signing in to all, and the background refresh. */
export function composeFleet(
  shell: Shell,
  servers: Servers,
  sessions: SessionService,
): { readonly stop: () => Promise<void> } {
  const { push, profile, report, workspace, settings, dialogs } = shell
  const facts: FleetFacts = new FleetFacts({
    store: factsStore(profile('fleet-facts.json')),
    onChange: (changed) => {
      push('fleet:facts', changed)
      alerts.check(changed.map(({ serverId }) => serverId))
    },
    report,
  })
  const alerts = composeAlerts(shell, servers, facts)
  const reading = { servers, sessions, facts, now: Date.now }
  const read = (id: string): Promise<void> => readFacts(id, reading)
  const rounds = new FleetRounds({
    servers,
    sessions,
    read,
    onChange: (activity) => push('fleet:activity', activity),
  })
  const ids = (): readonly string[] => workspace.list().map(({ id }) => id)
  const refresher = new FleetRefresher({ ids, servers, sessions, read, minutes: () => settings.get().refreshMinutes })

  sessions.onChange((state) => {
    noteState(facts, state)
    alerts.check([state.serverId])
  })
  // A failure is in the state of the server, and the fact stays unread.
  const readRest = (id: string): Promise<void> => readAfterSignIn(id, reading).catch(() => undefined)
  onSignIn(sessions, (id) => void servers.lanes.run(() => readRest(id)))
  workspace.onRecordChanged((before, after) => {
    noteRecord(facts, before, after)
    if (before.address !== after.address) alerts.forget([after.id])
  })
  workspace.onChange(({ servers: changed }) => {
    for (const { id, paused } of changed) if (paused && servers.state(id).phase === 'connecting') sessions.cancel(id)
    alerts.check()
  })
  workspace.onRemoved((removed) => {
    facts.forget(removed)
    alerts.forget(removed)
    refresher.forget(removed)
  })
  powerMonitor.on('suspend', () => refresher.stop())
  powerMonitor.on('resume', () => refresher.resume())
  registerFleetIpc({ facts, rounds, alerts, dialogs })

  const present = new Set(ids())
  facts.forget(facts.list().flatMap(({ serverId }) => (present.has(serverId) ? [] : [serverId])))
  alerts.start()
  refresher.start()
  // Where a code is required, each sign-in sends one, and nobody waits for it at the start.
  const withoutCode = (): readonly string[] =>
    workspace.list().flatMap(({ id, codeRequired }) => (codeRequired === true ? [] : id))
  if (settings.get().signInAtStart) void rounds.signIn(withoutCode())
  return {
    stop: async () => {
      refresher.stop()
      rounds.cancel()
      alerts.stop()
      await Promise.all([facts.settled(), alerts.settled()])
    },
  }
}
