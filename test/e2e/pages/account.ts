import type { Locator, Page } from 'playwright'
import { openServerTab } from './server-tab'

/** Name and password of the signed-in account, and the question after a lost response. */
export class AccountPage {
  readonly root: Locator
  readonly name: Locator
  readonly password: Locator
  readonly doubt: Locator

  constructor(private readonly page: Page) {
    this.root = page.locator('[data-page=account]')
    this.name = page.locator('[data-card=change-name]')
    this.password = page.locator('[data-card=change-password]')
    this.doubt = page.locator('[data-view=doubt]')
  }

  async open(): Promise<void> {
    await openServerTab(this.page, 'Account')
    await this.password.waitFor()
  }

  async fillPasswords(old: string, fresh: string): Promise<void> {
    await this.password.getByLabel('Current password').fill(old)
    await this.password.getByLabel('New password', { exact: true }).fill(fresh)
    await this.password.getByLabel('Confirm new password').fill(fresh)
  }

  /** Types the server's name, where its protection level asks for it. */
  async confirm(card: Locator, server: string): Promise<void> {
    await card.getByLabel(/type the name of the server/).fill(server)
  }
}
