import type { SessionState } from '@shared/domain/session'
import type { ServerFacts } from '@shared/domain/server-facts'
import { roles } from '@shared/resources/resource'
import { isVersionIn } from '@shared/resources/version'
import { tenantRoles } from '@shared/access/rules'
import { FleetError } from '@shared/ipc/result'
import { limitsOwner, roleStatus, statusRole } from '../../portsip/admin-status'
import { whoami, type SignInApi, type Whoami } from '../../portsip/auth'
import type { PbxHttp } from '../../portsip/http'
import type { PbxReader } from '../../portsip/pbx-client'
import type { StatePatch } from './failure-state'
import { refusedTo } from './probe'
import { endsEverything } from './session-errors'
import { requireKind } from './token-owner'

/** What the PBX reports about the account. */
type AccountIdentity = Pick<SessionState, 'role' | 'capabilities' | 'isTenantUser' | 'refused'>

/** What the PBX reports about the current session. */
export interface Identity extends AccountIdentity {
  readonly passwordForceReset?: boolean
  readonly version?: string
  readonly facts?: ServerFacts
}

interface IdentityDeps {
  readonly http: PbxHttp
  readonly reader: PbxReader
  readonly api: SignInApi
  readonly token: string
  readonly signal: AbortSignal | undefined
  /** The domain of the sign-in. */
  readonly domain: string
  readonly now: () => string
  /** The tokens are of an earlier run. */
  readonly resumed?: boolean
  /** The account is signed in: what cannot be read of it stays as it is. */
  readonly refresh?: boolean
  /** The status was just read. */
  readonly withoutStatus?: boolean
}

type Read = 'user' | 'status'

const knownRoles: readonly string[] = [...roles, ...tenantRoles]

/** The versions of which only a system administrator can read the status; later, custom roles can as well. */
const onlySystemAdmin = { until: '22.2' } as const

/** Role and capabilities, without those of an earlier reply. */
const accountOf = (user: Whoami | undefined, domain: string): AccountIdentity => ({
  ...(user?.role !== undefined && { role: user.role }),
  ...(user?.capabilities !== undefined && { capabilities: user.capabilities }),
  ...(domain !== '' && { isTenantUser: true }),
})

/**
 * Role, capabilities and version, as far as this PBX and role can read them; a session works without them. Before 22.2
 * the PBX does not report a required password change: it is assumed if a request is refused that this account may always
 * make.
 */
export async function readIdentity(
  deps: IdentityDeps,
): Promise<{ readonly identity: Identity; readonly user: Whoami | undefined }> {
  const {
    http,
    reader,
    api,
    token,
    signal,
    domain,
    now,
    resumed = false,
    refresh = false,
    withoutStatus = false,
  } = deps
  const refusedReads = new Set<Read>()
  const ignoreExcept = (what: Read) => (error: unknown) => {
    if (!(error instanceof FleetError) || endsEverything(error)) throw error
    if (error.detail.code === 'forbidden') refusedReads.add(what)
    return undefined
  }
  const user = await whoami(http, api, token, signal).catch(ignoreExcept('user'))
  if (resumed && user?.role !== undefined) requireKind(user.role, domain)
  const isKnown = user?.role !== undefined && knownRoles.includes(user.role)
  const account = accountOf(user, domain)
  const status = withoutStatus
    ? undefined
    : await roleStatus(reader, statusRole(account), now).catch(ignoreExcept('status'))
  const { version } = status ?? {}
  const isInferred = !refresh && version !== undefined && isVersionIn(version, onlySystemAdmin)
  const role = user?.role ?? (isInferred ? 'SystemAdmin' : undefined)
  // With an unknown role, the status may be refused for the role alone.
  const isStatusRefused = isKnown && refusedReads.has('status')
  const mustChange = user === undefined ? refusedReads.has('user') : (user.passwordForceReset ?? isStatusRefused)
  const isUserRead = user !== undefined || refusedReads.has('user')
  const isMustChangeKnown = user?.passwordForceReset !== undefined || (!withoutStatus && isUserRead)
  const isProbed = user?.role !== undefined && !isKnown && domain === '' && !mustChange
  const refused = isProbed ? await refusedTo({ ...account, ...(version && { version }) }, reader) : []
  const identity = {
    ...account,
    ...(role && { role }),
    ...(refused.length > 0 && { refused }),
    ...(isMustChangeKnown && { passwordForceReset: mustChange }),
    ...status,
  }
  return { identity, user }
}

/**
 * A new identity in the state of a session. What the PBX no longer reports of the account is no longer known, and neither
 * are limits from the status of another role.
 */
export function withIdentity(patch: StatePatch, identity: Identity): StatePatch {
  if (identity.role === undefined) return { ...patch, ...identity }
  const { capabilities: _capabilities, isTenantUser: _isTenantUser, refused: _refused, facts, ...rest } = patch
  const isOwn = facts !== undefined && facts.owner === limitsOwner(identity)
  return { ...rest, ...(isOwn && { facts }), ...identity }
}
