import { FleetError } from '@shared/ipc/result'
import { ownDealerId, whoami, type SignInApi, type Whoami } from '../../portsip/auth'
import type { PbxHttp } from '../../portsip/http'
import { badReply } from '../../portsip/read-body'

/** Distinguishes accounts, because the API has no account ID. Fields that the server does not report are undefined. */
export type TokenOwner = Pick<Whoami, 'role' | 'domain' | 'roleId'> & { readonly dealerId: string | undefined }

const otherAccountError = (): FleetError =>
  new FleetError({
    code: 'signed-out',
    message: 'The renewed session belongs to another account or role',
    hint: 'Nothing was changed with it. Sign in again.',
  })

const differs = (a: string | undefined, b: string | undefined): boolean => a !== undefined && b !== undefined && a !== b

/** Checks the owner of a renewed token. Throws `signed-out` if it is not `owner`, and read errors. */
export async function requireOwner(http: PbxHttp, api: SignInApi, token: string, owner: TokenOwner): Promise<void> {
  const current = await whoami(http, api, token, undefined)
  // A response without a role proves nothing, and some servers report nothing else.
  if (owner.role !== undefined && current.role === undefined)
    throw badReply('GET /auth/user', '“role” is missing or has an unexpected type')
  if (
    differs(current.role, owner.role) ||
    differs(current.domain, owner.domain) ||
    differs(current.roleId, owner.roleId)
  )
    throw otherAccountError()
  if (owner.dealerId !== undefined && (await ownDealerId(http, token, undefined)) !== owner.dealerId)
    throw otherAccountError()
}

/**
 * Compares the role with the sign-in domain, the only check for a token of an earlier run. Throws `signed-out` if they
 * do not match.
 */
export function requireKind(role: string, domain: string): void {
  const isOther = domain === '' ? role === 'Admin' : role === 'SystemAdmin' || role === 'Dealer'
  if (isOther) throw otherAccountError()
}
