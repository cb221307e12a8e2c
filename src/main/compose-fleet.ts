import { powerMonitor } from 'electron'
import type { Shell } from './compose-shell'
import { registerFleetIpc } from './ipc/fleet.ipc'
import type { Servers } from './servers/servers'
import { FleetFacts, factsStore } from './services/fleet/facts'
import { noteState } from './services/fleet/note-state'
import { readAfterSignIn, readFacts } from './services/fleet/read-facts'
import { FleetRefresher } from './services/fleet/refresher'
import { FleetRounds } from './services/fleet/rounds'
import { onSignIn } from './services/session/on-sign-in'
import type { SessionService } from './services/session/session-service'

/** Composes what works over all servers: their facts, signing in to all, and the background refresh. */
export function composeFleet(
  { push, profile, report, workspace, settings, dialogs }: Shell,
  servers: Servers,
  sessions: SessionService,
): { readonly stop: () => Promise<void> } {
  const facts = new FleetFacts({
    store: factsStore(profile('fleet-facts.json')),
    onChange: (changed) => push('fleet:facts', changed),
    report,
  })
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

  sessions.onChange((state) => noteState(facts, state))
  // A failure is in the state of the server, and the fact stays unread.
  const readRest = (id: string): Promise<void> => readAfterSignIn(id, reading).catch(() => undefined)
  onSignIn(sessions, (id) => void servers.lanes.run(() => readRest(id)))
  workspace.onRecordChanged((before, after) => {
    if (before.address !== after.address) facts.forget([after.id])
  })
  workspace.onChange(({ servers: changed }) => {
    for (const { id, paused } of changed) if (paused && servers.state(id).phase === 'connecting') sessions.cancel(id)
  })
  workspace.onRemoved((removed) => {
    facts.forget(removed)
    refresher.forget(removed)
  })
  powerMonitor.on('suspend', () => refresher.stop())
  powerMonitor.on('resume', () => refresher.resume())
  registerFleetIpc({ facts, rounds, dialogs })

  const present = new Set(ids())
  facts.forget(facts.list().flatMap(({ serverId }) => (present.has(serverId) ? [] : [serverId])))
  refresher.start()
  if (settings.get().signInAtStart) void rounds.signIn(ids())
  return {
    stop: () => {
      refresher.stop()
      rounds.cancel()
      return facts.settled()
    },
  }
}
