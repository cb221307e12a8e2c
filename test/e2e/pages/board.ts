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

  /** The table, which is a tree while it has groups. */
  get grid(): Locator {
    return this.root.getByRole('grid', { name: 'Fleet' }).or(this.root.getByRole('treegrid', { name: 'Fleet' }))
  }

  get rows(): Locator {
    return this.grid.locator('[role=row][data-index]')
  }

  get groups(): Locator {
    return this.rows.and(this.page.locator('[aria-level="1"]'))
  }

  group(folder: string): Locator {
    return this.groups.filter({ hasText: folder })
  }

  button(name: string): Locator {
    return this.root.getByRole('button', { name, exact: true })
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

  /** The texts of a column that are cut off; without the line under each, which a tooltip has in full. */
  cut(column: Column): Promise<readonly string[]> {
    return this.grid
      .locator(`[data-cell=${column}]`)
      .evaluateAll((cells) =>
        cells.flatMap((cell) => (cell.scrollWidth > cell.clientWidth ? [cell.textContent ?? ''] : [])),
      )
  }

  /** The second lines of a column that are cut off, now or at a time of day that takes more room. */
  cutDetails(column: Column): Promise<readonly string[]> {
    return this.grid.locator(`[data-cell=${column}] .detail`).evaluateAll((lines) =>
      lines.flatMap((line) => {
        const copy = line.cloneNode(true) as HTMLElement
        copy.textContent = (line.textContent ?? '').replace(/\d{1,2}:\d\d [AP]M/, '12:48 AM')
        line.after(copy)
        const isCut = copy.scrollWidth > copy.clientWidth
        copy.remove()
        return isCut ? [line.textContent ?? ''] : []
      }),
    )
  }

  /** The filter for all servers in this state, with its count. */
  state(verdict: string): Locator {
    return this.root.locator(`[data-verdict=${verdict}]`)
  }

  /** The names in the order of the board. */
  names(): Promise<readonly string[]> {
    return this.namesOf(this.rows)
  }

  groupNames(): Promise<readonly string[]> {
    return this.namesOf(this.groups)
  }

  private async namesOf(lines: Locator): Promise<readonly string[]> {
    const rows = await lines.evaluateAll((elements) =>
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
