import { parseAddress } from './address'
import type { ServerDraft } from './server'

type Account = Pick<ServerDraft, 'username' | 'domain' | 'remember'>
type Addresses = Pick<ServerDraft, 'address' | 'secondAddress'>

const hosts = ({ address, secondAddress }: Addresses): readonly string[] =>
  [address, secondAddress].map(parseAddress).flatMap((found) => (found.ok ? [new URL(found.url).hostname] : []))

/** True if secrets for `account` on the hosts before must not be sent after the change: to another host or as another account. */
export function isForOthers(before: Addresses, after: Account & Addresses, account: Account): boolean {
  const known = hosts(before)
  const isNewHost = hosts(after).some((host) => !known.includes(host))
  return isNewHost || account.username !== after.username || account.domain !== after.domain
}

/** True if the change removes a password that is stored in the keychain. */
export const forgetsPassword = (
  before: Account & Addresses,
  after: Account & Addresses,
  account: Account = before,
): boolean => isForOthers(before, after, account) || (account.remember && !after.remember)
