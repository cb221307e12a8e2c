import type { Locator, Page } from 'playwright'
import { expect } from 'playwright/test'
import type { FleetApp } from '../fleet-app'

/** The page that searches all servers. */
export class SearchPage {
  readonly page: Page
  readonly root: Locator

  constructor(fleet: FleetApp) {
    this.page = fleet.page
    this.root = fleet.page.locator('[data-page=search]')
  }

  /** Opens it with the cursor in its box. */
  async open(): Promise<void> {
    await this.page.getByRole('navigation', { name: 'Workspace' }).getByRole('link', { name: 'Search' }).click()
    await expect(this.box).toBeFocused()
  }

  get box(): Locator {
    return this.root.getByRole('searchbox', { name: 'Search all servers' })
  }

  get rows(): Locator {
    return this.root.getByRole('grid', { name: 'Results' }).locator('[role=row][data-index]')
  }

  /** The result that Enter opens. */
  get activeRow(): Locator {
    return this.root.getByRole('grid', { name: 'Results' }).locator('[data-index].active')
  }

  /** The rows of the changes or exports that were found. */
  found(what: 'Journal' | 'Exports'): Locator {
    return this.root.getByRole('grid', { name: what }).locator('[role=row][data-index]')
  }

  /** A table that scrolls sideways hides columns. */
  async expectNoColumnHidden(table: 'Results' | 'Journal' | 'Exports'): Promise<void> {
    const grid = this.root.getByRole('grid', { name: table })
    expect.soft(await grid.evaluate((element) => element.scrollWidth - element.clientWidth), table).toBe(0)
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

  /** `20 of 143 results`. */
  get results(): Locator {
    return this.page.getByTestId('results')
  }
}
