import type { ServerRecord } from './server'

type Account = Pick<ServerRecord, 'username' | 'domain'>

/** Whether an account is the one of the record, for which a password may be saved. */
export const isRecordAccount = (record: Account, { username, domain }: Account): boolean =>
  record.username === username && record.domain === domain

/** Whether the PBX has refused the saved password of this account, in this run or an earlier one. */
export const isSavedRefused = (record: Account & Pick<ServerRecord, 'passwordRefused'>, account: Account): boolean =>
  record.passwordRefused === true && isRecordAccount(record, account)
