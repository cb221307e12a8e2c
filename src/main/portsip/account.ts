import type { DealerStatus } from '@shared/domain/dealer'
import { dealerStatusSchema } from '@shared/domain/dealer'
import { FleetError } from '@shared/ipc/result'
import { compareVersions } from '@shared/resources/version'
import { pathPart } from '@shared/resources/path-part'
import type { PbxReader, PbxWriter } from './pbx-client'

/** The account that is changed. Role and version may be unknown; a change works without them. */
export interface AccountScope {
  readonly role: string | undefined
  readonly version: string | undefined
  /** SIP domain of a tenant's user, otherwise empty. */
  readonly domain: string
}

/**
 * Operations to try, most likely first. The administrator's path changed with 22.3; the newer one is first if the
 * version is unknown.
 */
function pathsOf({ role, version, domain }: AccountScope, what: 'username' | 'password'): readonly string[] {
  if (domain !== '') return [`/user/${what}`]
  if (role === 'Dealer') return [`/dealer/${what}`]
  const administrator = [`/admin/user/${what}`, `/admin/${what}`]
  if (version !== undefined && compareVersions(version, '22.3') < 0) administrator.reverse()
  return role === undefined ? [...administrator, `/dealer/${what}`] : administrator
}

/** The first operation to try, as far as it is known before the server replies. */
export function accountOperation(account: AccountScope, what: 'username' | 'password'): string {
  const [path = ''] = pathsOf(account, what)
  return `POST ${path}`
}

/** True if the operation belongs to another role or version, so that nothing was changed. */
const isOtherOperation = (error: unknown, { role }: AccountScope): boolean => {
  const status = error instanceof FleetError ? error.detail.status : undefined
  return status === 404 || status === 405 || (status === 403 && role === undefined)
}

async function post(
  client: PbxWriter,
  account: AccountScope,
  what: 'username' | 'password',
  body: object,
): Promise<void> {
  const paths = pathsOf(account, what)
  for (const [index, path] of paths.entries()) {
    try {
      return await client.post({ operation: `POST ${path}`, path, body })
    } catch (error) {
      if (index === paths.length - 1 || !isOtherOperation(error, account)) throw error
    }
  }
}

/** POST /admin/user/username, /admin/username or /dealer/username. `rejected` if the name is in use or reserved. */
export const changeUsername = (client: PbxWriter, account: AccountScope, name: string): Promise<void> =>
  post(client, account, 'username', { name })

/**
 * POST /admin/user/password, /admin/password, /dealer/password or, for a tenant's user, /user/password. Sends no other
 * request, because a PBX that requires a new password refuses them. `rejected` or `refused` if the current password is
 * wrong.
 */
export const changePassword = (
  client: PbxWriter,
  account: AccountScope,
  oldPassword: string,
  newPassword: string,
): Promise<void> => post(client, account, 'password', { old_password: oldPassword, new_password: newPassword })

/** POST /dealers/{id}/password: sets a dealer's password without the current one. */
export const resetDealerPassword = (client: PbxWriter, id: string, password: string): Promise<void> =>
  client.post({
    operation: 'POST /dealers/{id}/password',
    path: `/dealers/${pathPart(id)}/password`,
    body: { password },
  })

/** GET /dealer/status: version, and the dealer's usage and limits. */
export const dealerStatus = (client: PbxReader): Promise<DealerStatus> =>
  client.get({ operation: 'GET /dealer/status', path: '/dealer/status', schema: dealerStatusSchema })
