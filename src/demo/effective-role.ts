import type { PracticeRole } from './accounts'
import { roleOf, type Session } from './sessions'
import type { World } from './world'

/** The role that the session has now: faults can give the system administrator another one. */
export function effectiveRole({ faults }: World, session: Session): PracticeRole {
  const role = roleOf(session)
  return role === 'SystemAdmin' ? (faults.current.actsAs ?? role) : role
}

/** What the role may do; undefined if it may do everything of its role, or if the version has no capabilities. */
export function restrictedTo({ faults, options }: World, session: Session): readonly string[] | undefined {
  if (options.version < '22.3' || roleOf(session) !== 'SystemAdmin') return undefined
  return faults.current.capabilities ?? session.account.capabilities
}

/** The dealer as which the session acts; undefined for other roles. */
export function dealerIdOf({ faults, lists }: World, { account }: Session): string | undefined {
  const becameDealer = account.role === 'SystemAdmin' && faults.current.actsAs === 'Dealer'
  return becameDealer ? lists.dealers.all()[0]?.id : account.dealerId
}
