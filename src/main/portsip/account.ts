import type { DealerStatus } from '@shared/domain/dealer'
import { dealerStatusSchema } from '@shared/domain/dealer'
import { FleetError } from '@shared/ipc/result'
import { compareVersions } from '@shared/resources/version'
import { pathPart } from '@shared/resources/path-part'
import type { PbxReader, PbxWriter } from './pbx-client'

/** Whose account it is, as far as that is known: neither a role nor a version is needed for a change. */
export interface AccountPlace {
  readonly role: string | undefined
  readonly version: string | undefined
  /** The SIP domain of a tenant's user, else empty. */
  readonly domain: string
}

/** The operations that may be this account's, the likely one first. The administrator's moved with 22.3; without a version the newer one is tried first. */
function pathsOf({ role, version, domain }: AccountPlace, what: 'username' | 'password'): readonly string[] {
  if (domain !== '') return [`/user/${what}`]
  if (role === 'Dealer') return [`/dealer/${what}`]
  const administrator = [`/admin/user/${what}`, `/admin/${what}`]
  if (version !== undefined && compareVersions(version, '22.3') < 0) administrator.reverse()
  return role === undefined ? [...administrator, `/dealer/${what}`] : administrator
}

/** The operation of a change, as far as it is known before the server replies. */
export function accountOperation(place: AccountPlace, what: 'username' | 'password'): string {
  const [path = ''] = pathsOf(place, what)
  return `POST ${path}`
}

/** Whether a refusal says that the operation is not this account's or not this version's, so that nothing was changed. */
const isElsewhere = (error: unknown, { role }: AccountPlace): boolean => {
  const status = error instanceof FleetError ? error.detail.status : undefined
  return status === 404 || status === 405 || (status === 403 && role === undefined)
}

async function post(
  client: PbxWriter,
  place: AccountPlace,
  what: 'username' | 'password',
  body: object,
): Promise<void> {
  const paths = pathsOf(place, what)
  for (const [at, path] of paths.entries()) {
    try {
      return await client.post({ operation: `POST ${path}`, path, body })
    } catch (error) {
      if (at === paths.length - 1 || !isElsewhere(error, place)) throw error
    }
  }
}

/** POST /admin/user/username, /admin/username or /dealer/username. `rejected` for a name that is taken or reserved. */
export const changeUsername = (client: PbxWriter, place: AccountPlace, name: string): Promise<void> =>
  post(client, place, 'username', { name })

/**
 * POST /admin/user/password, /admin/password, /dealer/password or, for a user of a tenant, /user/password. Sends nothing else, as a PBX that requires a
 * new password refuses everything else. `rejected` or `refused` for a wrong old one.
 */
export const changePassword = (
  client: PbxWriter,
  place: AccountPlace,
  oldPassword: string,
  newPassword: string,
): Promise<void> => post(client, place, 'password', { old_password: oldPassword, new_password: newPassword })

/** POST /dealers/{id}/password: sets the password of a dealer, without the old one. */
export const resetDealerPassword = (client: PbxWriter, id: string, password: string): Promise<void> =>
  client.post({
    operation: 'POST /dealers/{id}/password',
    path: `/dealers/${pathPart(id)}/password`,
    body: { password },
  })

/** GET /dealer/status: version, and the dealer's own figures against its limits. */
export const dealerStatus = (client: PbxReader): Promise<DealerStatus> =>
  client.get({ operation: 'GET /dealer/status', path: '/dealer/status', schema: dealerStatusSchema })
