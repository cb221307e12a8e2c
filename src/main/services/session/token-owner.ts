import { FleetError } from '@shared/ipc/result'
import { ownDealerId, whoami, type SignInApi, type Whoami } from '../../portsip/auth'
import type { PbxHttp } from '../../portsip/http'
import { badReply } from '../../portsip/read-body'

/** What tells one account from another; the API has no ID of an account. What a server does not say is undefined. */
export type TokenOwner = Pick<Whoami, 'role' | 'domain' | 'roleId'> & { readonly dealerId: string | undefined }

const otherAccount = (): FleetError =>
  new FleetError({
    code: 'signed-out',
    message: 'The renewed session belongs to another account or role',
    hint: 'Nothing was changed with it. Sign in again.',
  })

const differs = (a: string | undefined, b: string | undefined): boolean => a !== undefined && b !== undefined && a !== b

/** Reads who a renewed token belongs to. Throws `signed-out` where that is not `owner`, and what reading throws. */
export async function requireOwner(http: PbxHttp, api: SignInApi, token: string, owner: TokenOwner): Promise<void> {
  const now = await whoami(http, api, token, undefined)
  // A reply that does not name the role proves nothing, and the role is all that some servers name.
  if (owner.role !== undefined && now.role === undefined)
    throw badReply('GET /auth/user', '“role” is missing or has an unexpected type')
  if (differs(now.role, owner.role) || differs(now.domain, owner.domain) || differs(now.roleId, owner.roleId))
    throw otherAccount()
  if (owner.dealerId !== undefined && (await ownDealerId(http, token, undefined)) !== owner.dealerId)
    throw otherAccount()
}

/** Roles of accounts that sign in without a domain, and of those that need one. A token of an earlier run has nothing else to be compared with. */
export function requireKind(role: string, domain: string): void {
  const isOther = domain === '' ? role === 'Admin' : role === 'SystemAdmin' || role === 'Dealer'
  if (isOther) throw otherAccount()
}
