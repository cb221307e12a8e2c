import type { AccountService } from '../services/account-service'
import { handle } from './handle'

/** Handles `account:*` and the passwords of dealers. */
export function registerAccountIpc(account: AccountService): void {
  handle('account:changeName', (args) => account.changeName(args))
  handle('account:changePassword', (args) => account.changePassword(args))
  handle('account:passwordRules', ({ serverId, whose }) => account.passwordRules(serverId, whose))
  handle('account:settle', async (args) => {
    await account.settle(args)
    return null
  })
  handle('dealers:resetPassword', async (args) => {
    await account.resetDealerPassword(args)
    return null
  })
}
