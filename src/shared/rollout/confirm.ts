import type { RolloutConfirm } from '../domain/rollout'
import type { Protection } from '../domain/server'
import type { Confirmation } from '../domain/write'
import { countText } from '../format/count-text'
import { printPercent } from '../format/print-number'

/** Above this share of the workspace, the number of servers is typed. */
const shareMax = 0.3

/** What must be confirmed for changes to servers with these protection levels, of so many in the workspace. */
export function confirmFor(protections: readonly Protection[], inWorkspace: number): RolloutConfirm {
  const servers = protections.length
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

/** Whether the user confirmed that. Main checks the same again. */
export function isRolloutConfirmed(
  { kind, servers }: RolloutConfirm,
  { acknowledged, typedName }: Pick<Confirmation, 'acknowledged' | 'typedName'>,
): boolean {
  if (kind === 'number') return typedName.trim() === String(servers)
  return kind === 'none' || acknowledged
}
