import type { RecordCheck, RecordValues } from '@shared/domain/record'
import { didRangeText, overlapsOf, parseDids, removedDids, type DidRange } from '@shared/domain/did'
import type { TrunkAssignment } from '@shared/domain/trunk'
import { visibleText } from '@shared/domain/visible-text'
import type { Guard } from '@shared/domain/write'
import { compareVersions } from '@shared/resources/version'

const named = 5

/** The first few ranges in words. */
export function rangesText(ranges: readonly DidRange[]): string {
  const more = ranges.length > named ? ` and ${ranges.length - named} more` : ''
  return `${ranges.slice(0, named).map(didRangeText).join(', ')}${more}`
}

/** A tenant as a sentence names it. */
export const tenantText = ({ id, name, domain }: Pick<TrunkAssignment, 'id' | 'name' | 'domain'>): string =>
  name === null ? id : `${visibleText(name)}${domain === null ? '' : ` (${visibleText(domain)})`}`

const isBefore = (version: string | undefined, fixed: string): boolean =>
  version !== undefined && compareVersions(version, fixed) < 0

const usesOf = (gone: readonly DidRange[]): string =>
  `${rangesText(gone)} would no longer belong to the tenant. Its inbound rules and outbound caller IDs may use these numbers; ` +
  'the PBX does not show that here.'

/** Numbers that another tenant of the trunk has; end points count. */
function overlapGuards(text: string, others: readonly TrunkAssignment[]): readonly Guard[] {
  const mine = parseDids(text)
  const found = others.flatMap((other) =>
    overlapsOf(mine, parseDids(other.did_numbers)).map((each) => ({ other, each })),
  )
  if (found.length === 0) return []
  const words = found
    .slice(0, named)
    .map(({ other, each }) => `${didRangeText(each.shared)} is in ${didRangeText(each.theirs)} of ${tenantText(other)}`)
  const more = found.length > named ? ` And ${found.length - named} more.` : ''
  return [
    {
      kind: 'number-overlap',
      message: `Tenants of one trunk cannot share a DID, and the PBX refuses it: ${words.join('; ')}.${more}`,
      addresses: [],
    },
  ]
}

export interface AssignmentAhead {
  readonly version: string | undefined
  readonly changes: RecordValues
  readonly others: readonly TrunkAssignment[]
  /** The pool as it is; absent where the tenant does not have the trunk yet. */
  readonly before?: string | null
}

/** What making or changing an assignment would do. */
export function checkAssignment({ version, changes, others, before }: AssignmentAhead): RecordCheck {
  if (!Object.hasOwn(changes, 'did_numbers') && before !== undefined) return { guards: [], warnings: [] }
  const text = String(changes['did_numbers'] ?? '')
  const guards = overlapGuards(text, others)
  const warnings: string[] = []
  if (text === '') warnings.push('Without a DID, no inbound call over the trunk reaches the tenant.')
  if (before !== undefined) {
    const gone = removedDids(parseDids(before), parseDids(text))
    if (gone.length > 0) warnings.push(usesOf(gone))
    if (isBefore(version, '22.2.23'))
      warnings.push(`On this version (${version ?? ''}) changing a DID pool can stop routing. Fixed in 22.2.23.`)
    if (gone.length > 0 && isBefore(version, '22.6.3')) warnings.push(removalText(version))
  }
  return { guards, warnings }
}

const removalText = (version = ''): string =>
  `Before 22.6.3, the effect of removing DIDs from a pool is not defined (this version: ${version}). Test calls in both directions afterwards.`

export interface UnassignAhead {
  readonly version: string | undefined
  readonly trunk: string
  readonly pool: string | null
  readonly others: readonly TrunkAssignment[]
}

/** What taking the trunk from a tenant would do. */
export function checkUnassign({ version, trunk, pool, others }: UnassignAhead): RecordCheck {
  const ranges = parseDids(pool)
  const warnings = [
    `Calls of the tenant over ${visibleText(trunk)} stop in both directions, also those of its outbound rules that use the trunk.`,
  ]
  if (ranges.length > 0) warnings.push(usesOf(ranges))
  if (ranges.length > 0 && isBefore(version, '22.6.3')) warnings.push(removalText(version))
  const guards: Guard[] = []
  if (others.length > 0 && isBefore(version, '22.3.23'))
    guards.push({
      kind: 'trunk-tenants',
      message:
        `On this version (${version ?? ''}) unassigning a trunk from one tenant can break it for the remaining tenants: ` +
        `${others.slice(0, named).map(tenantText).join(', ')}${others.length > named ? ` and ${others.length - named} more` : ''}. ` +
        'Fixed in 22.3.23.',
      addresses: [],
    })
  return { guards, warnings }
}
