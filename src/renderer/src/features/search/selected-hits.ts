import type { RecordRef } from '@shared/domain/rollout'
import type { AddressAnswer } from '@shared/fleet/search'
import type { MergedId } from '@shared/fleet/merged-ids'
import { memberTest } from '@/components/table/selection'
import type { TableSelection } from '@/components/table/types'
import type { HitRow } from './hit-rows'

/** Results of one kind, which one rollout can change. */
export interface SelectedHits {
  /** Undefined if there is none, or if there are several kinds. */
  readonly resource: MergedId | undefined
  readonly records: readonly RecordRef[]
}

const recordOf = ({ hit }: HitRow): RecordRef => ({ serverId: hit.serverId, id: hit.record })

/** The selected results among those that are shown. */
export function selectedHits(rows: readonly HitRow[], selection: TableSelection): SelectedHits {
  const isSelected = memberTest(selection)
  const selected = rows.filter(({ id }) => isSelected(id))
  const kinds = new Set(selected.map(({ hit }) => hit.resource))
  const [resource] = kinds
  return { resource: kinds.size === 1 ? resource : undefined, records: selected.map(recordOf) }
}

/** One range with one action, on all servers that have a rule for it. */
export interface SharedRule {
  readonly cidr: string
  readonly target: string
  readonly records: readonly RecordRef[]
  readonly servers: number
}

/** The matching rules of all servers, those for the same range with the same action together, the most servers first. */
export function sharedRules(answers: readonly AddressAnswer[]): readonly SharedRule[] {
  const found = new Map<string, { readonly cidr: string; readonly target: string; readonly records: RecordRef[] }>()
  for (const { serverId, rules } of answers)
    for (const { cidr, target, record } of rules) {
      const key = `${target} ${cidr}`
      const shared = found.get(key) ?? { cidr, target, records: [] }
      shared.records.push({ serverId, id: record })
      found.set(key, shared)
    }
  return [...found.values()]
    .map((shared) => ({ ...shared, servers: new Set(shared.records.map(({ serverId }) => serverId)).size }))
    .sort((a, b) => b.servers - a.servers)
}
