import { basename } from 'node:path'
import { writeAtomic } from '../storage/write-atomic'
import type { Dialogs } from '../services/dialogs'
import { safeCsv } from '../services/exports/safe-csv'
import type { FleetFacts } from '../services/fleet/facts'
import type { RaisedAlerts } from '../services/fleet/raised-alerts'
import type { FleetRounds } from '../services/fleet/rounds'
import { handle } from './handle'

interface FleetIpcDeps {
  readonly facts: Pick<FleetFacts, 'list'>
  readonly rounds: FleetRounds
  readonly alerts: Pick<RaisedAlerts, 'list' | 'markSeen'>
  readonly dialogs: Pick<Dialogs, 'saveFile'>
}

/** Handles `fleet:*`; changes are pushed as `fleet:facts`, `fleet:activity` and `fleet:alerts`. */
export function registerFleetIpc({ facts, rounds, alerts, dialogs }: FleetIpcDeps): void {
  handle('fleet:get', () => ({ facts: facts.list(), activity: rounds.activity, newAlerts: alerts.list() }))
  handle('fleet:signIn', ({ serverIds }) => {
    void rounds.signIn(serverIds)
    return null
  })
  handle('fleet:signInWith', ({ signIn, others }) => rounds.signInWith(signIn, others))
  handle('fleet:refresh', ({ serverIds }) => {
    void rounds.refresh(serverIds)
    return null
  })
  handle('fleet:cancel', () => {
    rounds.cancel()
    return null
  })
  handle('fleet:markSeen', ({ alerts: seen }) => {
    alerts.markSeen(seen)
    return null
  })
  handle('fleet:save', async ({ columns, rows }) => {
    const filters = [{ name: 'CSV', extensions: ['csv'] }]
    const defaultPath = `Fleet ${new Date().toISOString().slice(0, 10)}.csv`
    const path = await dialogs.saveFile({ title: 'Export the fleet', defaultPath, filters })
    if (path === undefined) return { saved: false, name: '' }
    await writeAtomic(path, safeCsv(columns, rows))
    return { saved: true, name: basename(path) }
  })
}
