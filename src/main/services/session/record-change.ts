import type { ServerRecord } from '@shared/domain/server'
import { activeUrl } from './link'
import type { Account } from './sign-in-flow'

const hosts = ({ address, secondAddress }: ServerRecord): readonly string[] =>
  [address, secondAddress].filter((url) => URL.canParse(url)).map((url) => new URL(url).hostname)

/**
 * What an edited record means for the credentials of its server. `secrets`: those in the keychain were meant for another host or account, or are not to
 * be kept any more. `session`: the one that stands does not go with the record.
 */
export function recordChange(
  before: ServerRecord,
  after: ServerRecord,
  account: Account = before,
): { readonly stranger: boolean; readonly session: boolean; readonly secrets: boolean } {
  const known = hosts(before)
  const newHost = hosts(after).some((host) => !known.includes(host))
  const stranger = newHost || account.username !== after.username || account.domain !== after.domain
  const moved = activeUrl(before) !== activeUrl(after) || before.pin?.fingerprint256 !== after.pin?.fingerprint256
  return { stranger, session: stranger || moved, secrets: stranger || (account.remember && !after.remember) }
}
