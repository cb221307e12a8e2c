/** What an account may do on the pages of a server, as far as it is documented. `docs/roles.md` is generated from this. */

/** The pages of a server; SBC and IM share one page. */
export const subjects = [
  'overview',
  'tenants',
  'dealers',
  'ip-rules',
  'transports',
  'trunk-assignments',
  'system-settings',
  'notification',
  'network',
  'sbc',
  'im',
  'certificate',
  'license',
  'brand',
  'tenant',
  'account',
] as const
export type Subject = (typeof subjects)[number]

/** `export`: the file that the PBX itself makes of IP rules. The app's own exports read like a page. */
export const accessActions = ['read', 'change', 'export'] as const
export type AccessAction = (typeof accessActions)[number]

interface Versions {
  readonly since?: string
  readonly until?: string
}

interface RuleBase extends Versions {
  readonly subjects: readonly Subject[]
  readonly actions: readonly AccessAction[]
  /** The document that says so. */
  readonly source: string
}

/** What a role may do or may not do. */
export interface RoleRule extends RuleBase {
  readonly roles: readonly string[]
  readonly allowed: boolean
}

/** A capability without which the PBX refuses, for accounts whose capabilities it reports. */
export interface CapabilityRule extends RuleBase {
  readonly area: string
  readonly level: 'ViewOnly' | 'FullAccess'
  /** The name of the area is documented for a part only: an account without any capability of it is not decided by this. */
  readonly onlyIfReported?: true
}

/** The built-in roles of a tenant's users. Custom roles of tenants may not do more on these pages. */
export const tenantRoles: readonly string[] = ['Admin', 'QueueManager', 'StandardUser', 'StandardInternationalUser']

/** The page of the tenant that the account belongs to; administrators and dealers belong to none. */
export const ownTenantSubject = 'tenant' satisfies Subject

const everyAction = accessActions
const readAndChange = ['read', 'change'] as const
const dealerSubjects = ['overview', 'tenants', 'dealers', 'account'] as const
const except = (some: readonly Subject[]): readonly Subject[] => subjects.filter((subject) => !some.includes(subject))

const api = 'Administration API reference, operations by role'
const tenantApi = 'full API reference, tenant operations'
const guide = 'administration guide'
const rbac = `${guide}, Administrator Management`

export const roleRules: readonly RoleRule[] = [
  {
    roles: ['SystemAdmin'],
    subjects: except([ownTenantSubject]),
    actions: everyAction,
    allowed: true,
    source: api,
  },
  { roles: ['Dealer'], subjects: dealerSubjects, actions: readAndChange, allowed: true, source: `${guide}, Dealers` },
  {
    roles: ['Dealer'],
    subjects: except(dealerSubjects),
    actions: everyAction,
    allowed: false,
    source: `${guide}, Dealers`,
  },
  { roles: tenantRoles, subjects: ['overview'], actions: ['read'], allowed: true, source: api },
  // The password, with POST /user/password.
  { roles: tenantRoles, subjects: ['account'], actions: ['read', 'change'], allowed: true, source: api },
  { roles: ['Admin'], subjects: [ownTenantSubject], actions: readAndChange, allowed: true, source: tenantApi },
  {
    roles: tenantRoles.filter((role) => role !== 'Admin'),
    subjects: [ownTenantSubject],
    actions: readAndChange,
    allowed: false,
    source: `${guide}, Roles and Permissions`,
  },
  {
    roles: tenantRoles,
    subjects: except(['overview', 'account', ownTenantSubject]),
    actions: everyAction,
    allowed: false,
    source: `${guide}, Roles and Permissions`,
  },
  {
    roles: ['Operation Admin', 'Site Admin'],
    subjects: ['system-settings'],
    actions: readAndChange,
    allowed: false,
    since: '22.3',
    source: rbac,
  },
  {
    roles: ['Operation Admin', 'Site Admin'],
    subjects: ['trunk-assignments'],
    actions: readAndChange,
    allowed: true,
    since: '22.3',
    source: rbac,
  },
  {
    roles: ['Operation Admin'],
    subjects: ['tenants', 'dealers'],
    actions: readAndChange,
    allowed: true,
    since: '22.3',
    source: rbac,
  },
  {
    roles: ['Site Admin'],
    subjects: ['tenants', 'dealers'],
    actions: ['read'],
    allowed: true,
    since: '22.3',
    source: rbac,
  },
]

const since = '22.3'
const settings = { area: 'SystemSettings', since } as const
const changes223 = 'API changes in 22.3'
const changes228 = 'API changes in 22.8'
const permissions = `${guide}, list of permissions`

export const capabilityRules: readonly CapabilityRule[] = [
  { ...settings, level: 'ViewOnly', subjects: ['system-settings'], actions: ['read'], source: permissions },
  { ...settings, level: 'FullAccess', subjects: ['system-settings'], actions: ['change'], source: permissions },
  { ...settings, level: 'ViewOnly', until: '22.7', subjects: ['transports'], actions: ['read'], source: changes228 },
  { ...settings, level: 'FullAccess', subjects: ['transports'], actions: ['change'], source: permissions },
  { ...settings, level: 'FullAccess', until: '22.7', subjects: ['sbc'], actions: ['read'], source: changes228 },
  { ...settings, level: 'FullAccess', subjects: ['sbc'], actions: ['change'], source: permissions },
  { ...settings, level: 'FullAccess', subjects: ['ip-rules'], actions: ['export'], source: changes223 },
  { ...settings, level: 'FullAccess', subjects: ['ip-rules'], actions: ['change'], source: permissions },
  { area: 'Trunk', since, level: 'ViewOnly', subjects: ['trunk-assignments'], actions: ['read'], source: permissions },
  {
    area: 'Trunk',
    since,
    level: 'FullAccess',
    subjects: ['trunk-assignments'],
    actions: ['change'],
    source: permissions,
  },
  {
    area: 'SystemTenant',
    onlyIfReported: true,
    since,
    level: 'FullAccess',
    subjects: ['tenants'],
    actions: ['change'],
    source: changes228,
  },
]
