import { tenantRoles } from '@shared/access/rules'
import { FleetError } from '@shared/ipc/result'
import { ownDealerId, whoami, type SignInApi, type Whoami } from '../../portsip/auth'
import type { PbxHttp } from '../../portsip/http'
import { badReply } from '../../portsip/read-body'
import { endsEverything } from './session-errors'

/** Distinguishes accounts, because the API has no account ID, as far as the server reports it. The role may change. */
export type TokenOwner = Pick<Whoami, 'role' | 'domain'> & { readonly dealerId: string | undefined }

const otherAccountError = (): FleetError =>
  new FleetError({
    code: 'signed-out',
    message: 'The renewed session belongs to another account',
    hint: 'Nothing was changed with it. Sign in again.',
  })

const differs = (a: string | undefined, b: string | undefined): boolean => a !== undefined && b !== undefined && a !== b

/** An account remains one of these while its role changes; a custom role may be one of the system or of a tenant. */
function kindOf(role: string | undefined): 'system' | 'dealer' | 'tenant' | undefined {
  if (role === 'SystemAdmin') return 'system'
  if (role === 'Dealer') return 'dealer'
  return role !== undefined && tenantRoles.includes(role) ? 'tenant' : undefined
}

/** The owner of a new token. Throws only what ends the session. */
export async function ownerOf(
  http: PbxHttp,
  user: Whoami,
  token: string,
  signal: AbortSignal | undefined,
): Promise<TokenOwner> {
  if (user.role !== 'Dealer') return { ...user, dealerId: undefined }
  const dealerId = await ownDealerId(http, token, signal).catch((error: unknown) => {
    if (!(error instanceof FleetError) || endsEverything(error)) throw error
    return undefined
  })
  return { ...user, dealerId }
}

/** Checks the owner of a renewed token. Throws `signed-out` if it is not `owner`, and read errors. */
export async function requireOwner(http: PbxHttp, api: SignInApi, token: string, owner: TokenOwner): Promise<void> {
  const current = await whoami(http, api, token, undefined)
  // A response without a role proves nothing, and some servers report nothing else.
  if (owner.role !== undefined && current.role === undefined)
    throw badReply('GET /auth/user', '“role” is missing or has an unexpected type')
  if (differs(kindOf(current.role), kindOf(owner.role)) || differs(current.domain, owner.domain))
    throw otherAccountError()
  if (owner.dealerId !== undefined && (await ownDealerId(http, token, undefined)) !== owner.dealerId)
    throw otherAccountError()
}

/**
 * Compares the role with the sign-in domain, the only check for a token of an earlier run. Throws `signed-out` if they
 * do not match.
 */
export function requireKind(role: string, domain: string): void {
  const kind = kindOf(role)
  const isOther = domain === '' ? kind === 'tenant' : kind === 'system' || kind === 'dealer'
  if (isOther) throw otherAccountError()
}
