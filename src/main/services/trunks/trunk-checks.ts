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
      message: `Tenants of one trunk share no number, and the PBX refuses it: ${words.join('; ')}.${more}`,
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
  if (text === '') warnings.push('Without a number, no call that comes in over the trunk reaches the tenant.')
  if (before !== undefined) {
    const gone = removedDids(parseDids(before), parseDids(text))
    if (gone.length > 0) warnings.push(usesOf(gone))
    if (isBefore(version, '22.2.23'))
      warnings.push(
        `On this version (${version ?? ''}) the change of a pool could stop routing. It is mended from 22.2.23 on.`,
      )
    if (gone.length > 0 && isBefore(version, '22.6.3')) warnings.push(removalText(version))
  }
  return { guards, warnings }
}

const removalText = (version = ''): string =>
  `What this version (${version}) does when numbers of a pool are taken away is not defined before 22.6.3. Try calls in both directions afterwards.`

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
        `On this version (${version ?? ''}) taking a trunk from one tenant could break it for all that remain: ` +
        `${others.slice(0, named).map(tenantText).join(', ')}${others.length > named ? ` and ${others.length - named} more` : ''}. ` +
        'It is mended from 22.3.23 on.',
      addresses: [],
    })
  return { guards, warnings }
}
