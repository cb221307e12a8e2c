import type { Locator, Page } from 'playwright'
import { plantedPassword } from '../secrets'

/** What stands in place of a server's pages until somebody is signed in, and the header above them. */
export class SessionPage {
  constructor(private readonly page: Page) {}

  gate(phase: string): Locator {
    return this.page.locator(`[data-page=session][data-state="${phase}"]`)
  }

  /** The server's name, role and version above its pages. */
  get header(): Locator {
    return this.page.locator('.server-page > header')
  }

  get overview(): Locator {
    return this.page.locator('[data-page=overview][data-state=ready]')
  }

  get fingerprints(): Locator {
    return this.gate('untrusted').locator('.fingerprint')
  }

  async trust(): Promise<void> {
    await this.gate('untrusted').getByRole('button', { name: 'Trust certificate' }).click()
  }

  async signIn(password: string = plantedPassword, { remember = true, username = 'admin' } = {}): Promise<void> {
    const gate = this.gate('needs-password')
    await gate.getByLabel('Username').fill(username)
    await gate.getByLabel('Password', { exact: true }).fill(password)
    await gate.getByRole('checkbox', { name: /Remember the password/ }).setChecked(remember)
    const confirm = gate.getByRole('checkbox', { name: /I have checked the password/ })
    if (await confirm.isVisible()) await confirm.check()
    await gate.getByRole('button', { name: 'Sign in' }).click()
  }

  async signOut(): Promise<void> {
    await this.header.getByRole('button', { name: 'Sign out' }).click()
  }
}
