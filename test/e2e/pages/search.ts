import type { Locator, Page } from 'playwright'
import type { FleetApp } from '../fleet-app'

/** The page that searches all servers. */
export class SearchPage {
  readonly page: Page
  readonly root: Locator

  constructor(fleet: FleetApp) {
    this.page = fleet.page
    this.root = fleet.page.locator('[data-page=search]')
  }

  get box(): Locator {
    return this.root.getByRole('searchbox', { name: 'Search all servers' })
  }

  get rows(): Locator {
    return this.root.getByRole('grid', { name: 'Results' }).locator('[role=row][data-index]')
  }

  get answers(): Locator {
    return this.root.getByTestId('address-answers')
  }

  get serversRead(): Locator {
    return this.root.getByTestId('servers-read')
  }
}

/** The command palette, which is open on every page with Ctrl+K. */
export class Palette {
  readonly page: Page

  constructor(fleet: FleetApp) {
    this.page = fleet.page
  }

  async find(text: string): Promise<void> {
    await this.page.keyboard.press('Control+k')
    await this.page.getByRole('combobox', { name: /Search servers/ }).fill(text)
  }

  get options(): Locator {
    return this.page.getByRole('listbox', { name: 'Results' }).getByRole('option')
  }

  get searched(): Locator {
    return this.page.getByTestId('searched')
  }
}
