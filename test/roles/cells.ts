import type { Account } from '@shared/access/allowed'
import {
  accessActions,
  capabilityRules,
  ownTenantSubject,
  roleRules,
  subjects,
  tenantRoles,
  type AccessAction,
  type CapabilityRule,
  type RoleRule,
  type Subject,
} from '@shared/access/rules'
import { isVersionIn } from '@shared/resources/version'

/** A kind of account, with what the PBX reports of it. */
export interface TestedAccount {
  readonly name: string
  readonly since?: string
  /** The role that GET /auth/user returns. For roles of 22.3 and later it is not documented. */
  readonly role: string
  readonly capabilities?: readonly string[]
}

const since = '22.3'
const role = 'Custom'

export const accounts: readonly TestedAccount[] = [
  ...['SystemAdmin', 'Dealer', ...tenantRoles].map((name) => ({ name, role: name })),
  { name: 'Operation Admin', since, role, capabilities: ['SystemTenant.FullAccess', 'Trunk.FullAccess'] },
  { name: 'Site Admin', since, role, capabilities: ['SystemTenant.FullAccess', 'Trunk.FullAccess'] },
  {
    ...{ name: 'Everything view only', since, role },
    capabilities: ['SystemSettings.ViewOnly', 'SystemTenant.ViewOnly', 'Trunk.ViewOnly'],
  },
  { name: 'System settings only', since, role, capabilities: ['SystemSettings.FullAccess'] },
]

export const versions = ['22.0', '22.1', '22.2', '22.3', '22.6', '22.8'] as const

export interface Cell {
  readonly account: TestedAccount
  readonly version: string
  readonly subject: Subject
  readonly action: AccessAction
  /** Undefined if no document says it. */
  readonly allowed: boolean | undefined
  readonly sources: readonly string[]
}

/** The first value of a rule that fits, without the app's own way to decide. */
function cellOf(account: TestedAccount, version: string, subject: Subject, action: AccessAction): Cell {
  const fits = (rule: RoleRule | CapabilityRule): boolean =>
    rule.subjects.includes(subject) && rule.actions.includes(action) && isVersionIn(version, rule)
  const ofRole = roleRules.filter((rule) => fits(rule) && rule.roles.includes(account.name))
  const { capabilities = [] } = account
  const levelIn = (area: string): string | undefined =>
    capabilities.find((each) => each.startsWith(`${area}.`))?.split('.')[1]
  const ofCapabilities = capabilityRules
    .filter((rule) => capabilities.length > 0 && fits(rule))
    .filter(({ area, onlyIfReported = false }) => !onlyIfReported || levelIn(area) !== undefined)
    .map(({ area, level, source }) => ({
      allowed: levelIn(area) === 'FullAccess' || levelIn(area) === level,
      source,
    }))
  const isOfNoTenant = subject === ownTenantSubject && !tenantRoles.includes(account.name)
  const ofTenant = isOfNoTenant ? [{ allowed: false, source: 'the account belongs to no tenant' }] : []
  const documented = [...ofRole, ...ofCapabilities, ...ofTenant]
  const values = new Set(documented.map((each) => each.allowed))
  if (values.size > 1) throw new Error(`Two documents disagree: ${account.name}, ${version}, ${subject}, ${action}`)
  const [allowed] = values
  return { account, version, subject, action, allowed, sources: documented.map(({ source }) => source) }
}

/** The status is not changed, and the PBX makes a file of IP rules only. */
const actionsOf = (subject: Subject): readonly AccessAction[] =>
  accessActions.filter(
    (action) => action === 'read' || (action === 'change' ? subject !== 'overview' : subject === 'ip-rules'),
  )

/** Every role, version, page and action. */
export const cells: readonly Cell[] = accounts.flatMap((account) =>
  versions
    .filter((version) => isVersionIn(version, account))
    .flatMap((version) =>
      subjects.flatMap((subject) => actionsOf(subject).map((action) => cellOf(account, version, subject, action))),
    ),
)

/** What a session knows of such an account. */
export const sessionOf = ({ account, version }: Pick<Cell, 'account' | 'version'>): Account => ({
  role: account.role,
  version,
  ...(account.capabilities && { capabilities: account.capabilities }),
  ...(tenantRoles.includes(account.role) && { isTenantUser: true as const }),
})
