import { tenantRoles } from '@shared/access/rules'
import { clipTexts } from '@shared/domain/clip-text'
import { dealerFacts, systemFacts, tenantFacts, type LimitsOwner, type ServerFacts } from '@shared/domain/server-facts'
import { systemStatusSchema, type SystemStatus } from '@shared/domain/system-status'
import type { SessionState } from '@shared/domain/session'
import type { Role } from '@shared/resources/resource'
import { FleetError } from '@shared/ipc/result'
import { replyValues } from '@shared/limits/reply'
import { dealerStatus } from './account'
import { tenantStatus } from './tenants'
import type { PbxHttp } from './http'
import type { PbxReader } from './pbx-client'

/** Maximum characters of a text in the status, which is for display only. */
const textMax = replyValues.statusCharacters

/** GET /admin/status, for a system administrator. The license key is removed. */
export async function adminStatus(client: PbxReader): Promise<SystemStatus> {
  const path = '/admin/status'
  const status: SystemStatus = await client.get({
    operation: `GET ${path}`,
    path,
    schema: systemStatusSchema,
  })
  const publicFields = Object.entries(status).filter(([key]) => !/licen[cs]e_?key/i.test(key))
  return clipTexts(Object.fromEntries(publicFields), textMax) as SystemStatus
}

/** Whether GET /admin/status is allowed with this token. Throws errors other than a refusal. */
export async function canReadSystemStatus(http: PbxHttp, token: string): Promise<boolean> {
  const path = '/admin/status'
  try {
    await http.json({ operation: `GET ${path}`, method: 'GET', path, token }, systemStatusSchema)
    return true
  } catch (error) {
    if (error instanceof FleetError && error.detail.code === 'forbidden') return false
    throw error
  }
}

/** Version, limits and expirations, as far as the role can read them. */
export interface RoleStatus {
  readonly version?: string
  readonly facts: ServerFacts
}

export const versionOf = ({ version }: { readonly version?: string | null | undefined }) => (version ? { version } : {})

/**
 * The role whose status an account may be able to read: roles of 22.3 and later that this app does not know read that of
 * the system. Undefined for users of a tenant that are not its administrator.
 */
export function statusRole({ role, isTenantUser }: Pick<SessionState, 'role' | 'isTenantUser'>): Role | undefined {
  if (role === 'Admin') return role
  if (isTenantUser === true || (role !== undefined && tenantRoles.includes(role))) return undefined
  return role === 'Dealer' ? 'Dealer' : 'SystemAdmin'
}

const ownerOfStatus = { SystemAdmin: 'server', Dealer: 'dealer', Admin: 'tenant' } as const

/** Whose limits the status has that this account reads; undefined if it reads none. */
export function limitsOwner(account: Parameters<typeof statusRole>[0]): LimitsOwner | undefined {
  const role = statusRole(account)
  return role && ownerOfStatus[role]
}

/** GET /admin/status, /dealer/status or /tenant/status. Undefined for other roles, which cannot read a status. */
export async function roleStatus(
  client: PbxReader,
  role: Role | undefined,
  now: () => string,
): Promise<RoleStatus | undefined> {
  if (role === 'SystemAdmin') {
    const status = await adminStatus(client)
    return { ...versionOf(status), facts: systemFacts(status, now()) }
  }
  if (role === 'Admin') {
    const status = await tenantStatus(client)
    return { ...versionOf(status), facts: tenantFacts(status, now()) }
  }
  if (role === undefined) return undefined
  const status = await dealerStatus(client)
  return { ...versionOf(status), facts: dealerFacts(status, now()) }
}
