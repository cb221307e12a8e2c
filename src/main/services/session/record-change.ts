import { pinOf } from '@shared/domain/pins'
import type { ServerRecord } from '@shared/domain/server'
import { forgetsPassword, isForOthers } from '@shared/domain/stored-password'
import { activeUrl } from './active-url'
import type { Account } from './sign-in-flow'

/**
 * Effects of an edited record. `secrets`: secrets in the keychain belong to another host or account, or must no longer
 * be stored. `session`: the current session does not match the record.
 */
export function recordChange(
  before: ServerRecord,
  after: ServerRecord,
  account: Account = before,
): { readonly isOtherAccount: boolean; readonly session: boolean; readonly secrets: boolean } {
  const isOtherAccount = isForOthers(before, after, account)
  const hasMoved =
    activeUrl(before) !== activeUrl(after) || pinOf(before)?.fingerprint256 !== pinOf(after)?.fingerprint256
  return {
    isOtherAccount,
    session: isOtherAccount || hasMoved,
    secrets: forgetsPassword(before, after, account),
  }
}
