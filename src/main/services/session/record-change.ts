import { pinOf } from '@shared/domain/pins'
import type { ServerRecord } from '@shared/domain/server'
import { activeUrl } from './active-url'
import type { Account } from './sign-in-flow'

const hosts = ({ address, secondAddress }: ServerRecord): readonly string[] =>
  [address, secondAddress].filter((url) => URL.canParse(url)).map((url) => new URL(url).hostname)

/**
 * Effects of an edited record. `secrets`: secrets in the keychain belong to another host or account, or must no longer
 * be stored. `session`: the current session does not match the record.
 */
export function recordChange(
  before: ServerRecord,
  after: ServerRecord,
  account: Account = before,
): { readonly isOtherAccount: boolean; readonly session: boolean; readonly secrets: boolean } {
  const knownHosts = hosts(before)
  const newHost = hosts(after).some((host) => !knownHosts.includes(host))
  const stranger = newHost || account.username !== after.username || account.domain !== after.domain
  const hasMoved =
    activeUrl(before) !== activeUrl(after) || pinOf(before)?.fingerprint256 !== pinOf(after)?.fingerprint256
  return {
    isOtherAccount: stranger,
    session: stranger || hasMoved,
    secrets: stranger || (account.remember && !after.remember),
  }
}
