import { targetsMax, type RolloutRow, type RolloutState, type RolloutSummary } from '@shared/domain/rollout'
import type { ServerId } from '@shared/domain/server'
import { stepOutcomes } from '@shared/domain/plan'
import { isUnderWay } from '@shared/rollout/progress'
import { countText } from '@shared/format/count-text'
import { printNumber } from '@shared/format/print-number'
import type { TableColumn } from '@/components/table/types'
import { resultColumn, stateLabels } from '@/features/plans/plan-text'

export const rolloutStateLabels: Readonly<Record<RolloutState, string>> = {
  ...stateLabels,
  review: 'Review after canary',
  stopped: 'Stopped',
}

/** Why these servers cannot be previewed; empty if they can. */
export function missingTargets({ size }: ReadonlySet<ServerId>): string {
  if (size === 0) return 'Select servers'
  return size > targetsMax ? `The maximum is ${printNumber(targetsMax)} servers` : ''
}

/** All selected servers, also those to which nothing is sent. */
export const serversOf = ({ counts }: Pick<RolloutSummary, 'counts'>): number =>
  stepOutcomes.reduce((sum, outcome) => sum + counts[outcome], 0)

/** Servers that have a result. */
export const serversThrough = ({ servers, open }: Pick<RolloutSummary, 'servers' | 'open'>): number => servers - open

/** `Canary (1 server)`, `Wave 2 of 3 (4 servers)`; with another number if some of its servers are done. */
export function waveText({ wave, waves }: Pick<RolloutSummary, 'wave' | 'waves'>, open?: number): string {
  const size = waves[wave - 1]
  if (size === undefined) return ''
  const servers = countText(open ?? size, 'server')
  if (waves.length === 1) return servers
  return wave === 1 && size === 1
    ? `Canary (${servers})`
    : `Wave ${printNumber(wave)} of ${printNumber(waves.length)} (${servers})`
}

/** `Wave 2 of 3 (4 servers) · 3 of 11 servers`; without waves, the servers are counted once. */
export function rolloutProgress(rollout: RolloutSummary): string {
  const through = `${printNumber(serversThrough(rollout))} of ${countText(rollout.servers, 'server')}`
  if (rollout.stopping !== undefined) return `${rollout.stopping === 'pause' ? 'Pausing' : 'Canceling'}… ${through}`
  const isOneWave = rollout.waves.length === 1
  if (rollout.state === 'applying') return isOneWave ? through : `${waveText(rollout)} · ${through}`
  const next = rollout.state === 'paused' && rollout.open > 0 ? `. Next: ${waveText(rollout, rollout.next)}` : ''
  const label = rolloutStateLabels[rollout.state]
  if (isUnderWay(rollout.state)) return `${label}: ${through}${next}`
  const done = rollout.counts.done + rollout.counts.alreadyInPlace
  return `${label}: ${printNumber(done)} of ${countText(serversOf(rollout), 'server')} done`
}

export const targetColumns: readonly TableColumn<keyof RolloutRow>[] = [
  { key: 'server', label: 'Server', kind: 'text', width: 190, sortable: true, stretched: true },
  { key: 'wave', label: 'Wave', kind: 'number', width: 78, sortable: true },
  resultColumn,
  { key: 'done', label: 'Done', kind: 'number', width: 70 },
  { key: 'steps', label: 'Steps', kind: 'number', width: 70 },
  { key: 'message', label: 'Reason', kind: 'text', width: 210, stretched: true },
]
