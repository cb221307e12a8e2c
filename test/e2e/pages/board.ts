import type { Locator, Page } from 'playwright'
import type { FleetApp } from '../fleet-app'

type Column = 'server' | 'state' | 'users' | 'calls' | 'maintenance' | 'certificate' | 'rules' | 'version' | 'updated'

/** The fleet board. */
export class Board {
  readonly page: Page
  readonly root: Locator

  constructor(fleet: FleetApp) {
    this.page = fleet.page
    this.root = fleet.page.locator('[data-page=fleet]')
  }

  get rows(): Locator {
    return this.root.getByRole('grid', { name: 'Fleet' }).locator('[role=row][data-index]')
  }

  get attention(): Locator {
    return this.root.getByRole('button', { name: /Needs attention/ })
  }

  get filter(): Locator {
    return this.root.getByRole('searchbox', { name: 'Filter the fleet' })
  }

  /** The line with the new alerts. */
  get newAlerts(): Locator {
    return this.root.getByTestId('new-alerts')
  }

  row(name: string): Locator {
    return this.rows.filter({ has: this.page.locator('[data-cell=server]', { hasText: name }) })
  }

  cell(name: string, column: Column): Locator {
    return this.row(name).locator(`[data-cell=${column}]`)
  }

  /** The filter for all servers in this state, with its count. */
  state(verdict: string): Locator {
    return this.root.locator(`[data-verdict=${verdict}]`)
  }

  /** The names in the order of the board. */
  async names(): Promise<readonly string[]> {
    const rows = await this.rows.evaluateAll((elements) =>
      elements.map((row) => ({
        at: Number((row as HTMLElement).dataset['index']),
        // The folder is a second line of the cell, but not of its tooltip.
        name: row.querySelector('[data-cell=server]')?.getAttribute('title')?.split('\n')[0] ?? '',
      })),
    )
    return rows.sort((a, b) => a.at - b.at).map(({ name }) => name)
  }

  async markSeen(): Promise<void> {
    await this.root.getByRole('button', { name: 'Mark as seen' }).click()
  }

  async refresh(): Promise<void> {
    await this.root.getByRole('button', { name: 'Refresh' }).click()
  }

  async signInToAll(): Promise<void> {
    await this.root.getByRole('button', { name: 'Sign in to all' }).click()
  }
}
