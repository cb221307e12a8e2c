import type { Locator, Page } from 'playwright'
import type { FleetApp } from '../fleet-app'

/** A table of one resource over the servers of the fleet. */
export class MergedPage {
  readonly page: Page
  readonly root: Locator

  constructor(
    fleet: FleetApp,
    private readonly label: string,
  ) {
    this.page = fleet.page
    this.root = fleet.page.getByRole('region', { name: `${label} of the fleet` })
  }

  async open(): Promise<void> {
    await this.page
      .getByRole('navigation', { name: 'Fleet' })
      .getByRole('link', { name: this.label, exact: true })
      .click()
  }

  get rows(): Locator {
    return this.root.getByRole('grid').locator('[role=row][data-index]')
  }

  get filter(): Locator {
    return this.root.getByRole('searchbox')
  }

  get count(): Locator {
    return this.root.getByTestId('count')
  }

  /** `38 of 40 servers read`. */
  get serversRead(): Locator {
    return this.root.getByTestId('servers-read')
  }

  get missing(): Locator {
    return this.root.getByTestId('missing')
  }

  row(text: string | RegExp): Locator {
    return this.rows.filter({ hasText: text })
  }
}
