import type { SessionState } from '../domain/session'
import { isVersionIn } from '../resources/version'
import {
  capabilityRules,
  ownTenantSubject,
  roleRules,
  subjects,
  tenantRoles,
  type AccessAction,
  type CapabilityRule,
  type Subject,
} from './rules'

/** What the session shows of the account that is signed in. */
export type Account = Pick<SessionState, 'role' | 'version' | 'capabilities' | 'isTenantUser' | 'refused' | 'readable'>

/** `unknown`: no document says it. It is offered, and the PBX may refuse it. */
export type Allowed = 'yes' | 'no' | 'unknown'

const capability = /^([A-Za-z]+)\.(ViewOnly|FullAccess)$/

/** The reported capabilities by area; undefined if none has the form that is documented, so that nothing is known. */
function levelsOf(
  capabilities: readonly string[] | undefined,
): ReadonlyMap<string, CapabilityRule['level']> | undefined {
  const levels = new Map<string, CapabilityRule['level']>()
  for (const text of capabilities ?? []) {
    const [, area = '', level] = capability.exec(text) ?? []
    if (level === 'FullAccess' || (level === 'ViewOnly' && !levels.has(area))) levels.set(area, level)
  }
  return levels.size === 0 ? undefined : levels
}

function byCapability(account: Account, subject: Subject, action: AccessAction): Allowed {
  const levels = levelsOf(account.capabilities)
  if (levels === undefined) return 'unknown'
  const rules = capabilityRules.filter(
    (rule) =>
      rule.subjects.includes(subject) &&
      rule.actions.includes(action) &&
      isVersionIn(account.version, rule) &&
      (rule.onlyIfReported !== true || levels.has(rule.area)),
  )
  if (rules.length === 0) return 'unknown'
  const has = ({ area, level }: CapabilityRule): boolean =>
    levels.get(area) === 'FullAccess' || levels.get(area) === level
  return rules.every(has) ? 'yes' : 'no'
}

const isTenantRole = (role: string | undefined): boolean => role !== undefined && tenantRoles.includes(role)

function byRole({ role, version, isTenantUser }: Account, subject: Subject, action: AccessAction): Allowed {
  const isOwnOfTenant = isTenantUser === true && !isTenantRole(role)
  // No document says which custom roles of a tenant may see it.
  if (isOwnOfTenant && subject === ownTenantSubject) return 'unknown'
  const [tenantRole = ''] = tenantRoles
  const ofRole = isOwnOfTenant ? tenantRole : role
  if (ofRole === undefined) return 'unknown'
  const rule = roleRules.find(
    (each) =>
      each.roles.includes(ofRole) &&
      each.subjects.includes(subject) &&
      each.actions.includes(action) &&
      isVersionIn(version, each),
  )
  if (rule === undefined) return 'unknown'
  return rule.allowed ? 'yes' : 'no'
}

/** Whether the account may do this: by its capabilities, else by its role, else by what the PBX has refused it. */
export function allowed(account: Account, subject: Subject, action: AccessAction): Allowed {
  if (subject === ownTenantSubject && account.isTenantUser !== true && !isTenantRole(account.role)) return 'no'
  // Capabilities of a dealer and of a tenant's users are those of other pages.
  const isOfSystem = account.role !== 'Dealer' && byRole(account, 'network', 'read') !== 'no'
  const known = isOfSystem ? byCapability(account, subject, action) : 'unknown'
  if (known !== 'unknown') return known
  if (account.refused?.includes(subject) === true) return 'no'
  if (action === 'read' && account.readable?.includes(subject) === true) return 'yes'
  return byRole(account, subject, action)
}

const subjectOfResource: Readonly<Record<string, Subject>> = {
  dealer: 'account',
  'dealer-assignment': 'tenants',
  'tenant-notification': 'tenant',
  'tenant-password-policy': 'tenant',
  'trunk-assignment': 'trunk-assignments',
}

const isSubject = (id: string): id is Subject => subjects.some((subject) => subject === id)

const subjectsOf = (id: string): readonly Subject[] => {
  if (id === 'sbc-im') return ['sbc', 'im']
  const subject = subjectOfResource[id] ?? id
  return isSubject(subject) ? [subject] : []
}

/**
 * Whether the account may read or change a page or the records of a resource. What is not known may be tried; what
 * cannot be read cannot be changed, because every change reads first.
 */
export function mayUse(account: Account, pageOrResource: string, action: AccessAction): boolean {
  const found = subjectsOf(pageOrResource)
  const may = (subject: Subject): boolean =>
    allowed(account, subject, 'read') !== 'no' && allowed(account, subject, action) !== 'no'
  return found.length === 0 || found.some(may)
}

/** Whether nothing says that the account may read a page or the records of a resource, or that it may not. */
export function isUnknownTo(account: Account, pageOrResource: string): boolean {
  const found = subjectsOf(pageOrResource).map((subject) => allowed(account, subject, 'read'))
  return found.includes('unknown') && !found.includes('yes')
}
