import type { PasswordRules } from '@shared/domain/password-policy'
import type { SessionState } from '@shared/domain/session'
import { compareVersions } from '@shared/resources/version'
import { defaultAt, readPasswordPolicy, type PolicyPath } from '../portsip/password-policy'
import type { PbxReader } from '../portsip/pbx-client'

type Account = Pick<SessionState, 'role' | 'version' | 'isTenantUser'>

/** The version that added the policies of administrators and dealers. */
const since = '22.6'

const pathOf = ({ role, isTenantUser }: Account): PolicyPath => {
  if (isTenantUser === true || role === 'Admin') return '/tenant/password_policy'
  return role === 'Dealer' ? '/dealer/password_policy' : '/admin/password_policy'
}

/**
 * The rules for a password of the account that is signed in, or of a dealer that it manages. Never fails: a policy that
 * cannot be read is the documented default, and the PBX decides. No document says to whom the policies of administrators
 * and dealers apply, so for another account they are advisory.
 */
export async function passwordRules(
  client: PbxReader,
  account: Account,
  whose: 'own' | 'dealer',
): Promise<PasswordRules> {
  const path = pathOf(account)
  const { version } = account
  const isOfTenant = path === '/tenant/password_policy'
  // A PBX whose version cannot be read may refuse everything but the change of the password.
  if (!isOfTenant && (version === undefined || compareVersions(version, since) < 0))
    return { policy: defaultAt(path), source: 'default', isAdvisory: version === undefined }
  try {
    const { policy, isComplete } = await readPasswordPolicy(client, path)
    return { policy, source: 'pbx', isAdvisory: whose === 'dealer' || !isComplete }
  } catch {
    return { policy: defaultAt(path), source: 'default', isAdvisory: true }
  }
}
