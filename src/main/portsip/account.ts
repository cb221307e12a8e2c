import type { DealerStatus } from '@shared/domain/dealer'
import { dealerStatusSchema } from '@shared/domain/dealer'
import { compareVersions } from '@shared/resources/version'
import type { PbxClient, PbxCommand } from './pbx-client'

/** Whose account it is; the administrator's operations moved with 22.3. */
export interface AccountPlace {
  readonly role: 'SystemAdmin' | 'Dealer'
  readonly version: string
}

function pathOf({ role, version }: AccountPlace, what: 'username' | 'password'): string {
  if (role === 'Dealer') return `/dealer/${what}`
  return compareVersions(version, '22.3') >= 0 ? `/admin/user/${what}` : `/admin/${what}`
}

const post = (path: string, body: unknown): PbxCommand => ({ operation: `POST ${path}`, method: 'POST', path, body })

/** POST /admin/username, /admin/user/username or /dealer/username. `rejected` for a name that is taken or reserved. */
export const changeUsername = (client: PbxClient, place: AccountPlace, name: string): Promise<void> =>
  client.requestNothing(post(pathOf(place, 'username'), { name }))

/** POST /admin/password, /admin/user/password or /dealer/password. `rejected` or `refused` for a wrong old one. */
export const changePassword = (
  client: PbxClient,
  place: AccountPlace,
  oldPassword: string,
  newPassword: string,
): Promise<void> =>
  client.requestNothing(post(pathOf(place, 'password'), { old_password: oldPassword, new_password: newPassword }))

/** POST /dealers/{id}/password: sets the password of a dealer, without the old one. */
export const resetDealerPassword = (client: PbxClient, id: string, password: string): Promise<void> =>
  client.requestNothing({
    operation: 'POST /dealers/{id}/password',
    method: 'POST',
    path: `/dealers/${encodeURIComponent(id)}/password`,
    body: { password },
  })

/** GET /dealer/status: version, and the dealer's own figures against its limits. */
export const dealerStatus = (client: PbxClient): Promise<DealerStatus> =>
  client.request({ operation: 'GET /dealer/status', method: 'GET', path: '/dealer/status', schema: dealerStatusSchema })
