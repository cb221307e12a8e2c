import type { SessionState } from '@shared/domain/session'
import type { ServerOverview } from '@shared/domain/system-status'
import { FleetError } from '@shared/ipc/result'
import { dealerStatus } from '../portsip/account'
import { adminStatus, statusRole } from '../portsip/admin-status'
import { tenantStatus } from '../portsip/tenants'
import { serverInfo } from '../portsip/info'
import type { PbxReader } from '../portsip/pbx-client'

function notAllowed(error: unknown): undefined {
  if (error instanceof FleetError && ['forbidden', 'not-found'].includes(error.detail.code)) return undefined
  throw error
}

/**
 * GET /info and the status that the role can read: GET /admin/status, for a dealer GET /dealer/status, for the
 * administrator of a tenant GET /tenant/status. An unknown role tries the first.
 */
export async function readOverview(
  client: PbxReader,
  account: Pick<SessionState, 'role' | 'isTenantUser'>,
): Promise<ServerOverview> {
  const role = statusRole(account)
  const [info, status, dealer, tenant] = await Promise.all([
    serverInfo(client),
    role !== 'SystemAdmin' ? undefined : adminStatus(client).catch(notAllowed),
    role === 'Dealer' ? dealerStatus(client) : undefined,
    role === 'Admin' ? tenantStatus(client).catch(notAllowed) : undefined,
  ])
  const found = { ...(status && { status }), ...(dealer && { dealer }), ...(tenant && { tenant }) }
  return { info, ...found, readAt: new Date().toISOString() }
}
