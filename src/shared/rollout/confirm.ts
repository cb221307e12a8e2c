import type { RolloutConfirm } from '../domain/rollout'
import type { Protection } from '../domain/server'
import type { Confirmation } from '../domain/write'
import { countText } from '../format/count-text'
import { printPercent } from '../format/print-number'
import { isTyped } from '../text/same-text'

/** Above this share of the workspace or of a list, a number is typed. */
const shareMax = 0.3

/** What is deleted from a list of one server. */
export interface ListDeletes {
  readonly count: number
  readonly listSize: number
  /** `rules`. */
  readonly plural: string
}

/** The records to type if much of a list is deleted on some of the servers. */
function deletesToType(deletes: readonly ListDeletes[]): Pick<RolloutConfirm, 'deletes' | 'reason'> | undefined {
  const large = deletes.filter(({ count, listSize }) => count > listSize * shareMax)
  const [first] = large
  if (first === undefined) return undefined
  const { plural } = first
  return {
    deletes: { count: deletes.reduce((sum, { count }) => sum + count, 0), plural },
    reason: `On ${countText(large.length, 'server')}, more than ${printPercent(shareMax)} of the ${plural} are deleted.`,
  }
}

/** What must be confirmed for changes to servers with these protection levels, of so many in the workspace. */
export function confirmFor(
  protections: readonly Protection[],
  inWorkspace: number,
  deletes: readonly ListDeletes[] = [],
): RolloutConfirm {
  const servers = protections.length
  const typed = deletesToType(deletes)
  if (typed !== undefined) return { kind: 'number', servers, ...typed }
  const named = protections.filter((protection) => protection === 'type-name').length
  if (named > 0) return { kind: 'number', servers, reason: `${countText(named, 'server')} must be confirmed by name.` }
  if (servers > 1 && servers > inWorkspace * shareMax)
    return {
      kind: 'number',
      servers,
      reason: `This is more than ${printPercent(shareMax)} of the ${countText(inWorkspace, 'server')}.`,
    }
  return { kind: protections.includes('ask') ? 'check' : 'none', servers, reason: '' }
}

/** The number that is typed, and what it counts. */
export const numberToType = ({
  servers,
  deletes,
}: RolloutConfirm): { readonly count: number; readonly plural: string } =>
  deletes ?? { count: servers, plural: 'servers' }

/** Whether the user confirmed that. Main checks the same again. */
export function isRolloutConfirmed(
  confirm: RolloutConfirm,
  { acknowledged, typedName }: Pick<Confirmation, 'acknowledged' | 'typedName'>,
): boolean {
  if (confirm.kind === 'number') return isTyped(typedName, String(numberToType(confirm).count))
  return confirm.kind === 'none' || acknowledged
}
