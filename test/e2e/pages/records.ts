import type { Locator, Page } from 'playwright'
import { expect } from 'playwright/test'
import { openServerTab } from './server-tab'

/** A page of a described resource: a form, or a list with its panel. */
export class RecordPage {
  readonly root: Locator

  constructor(
    private readonly page: Page,
    /** The resource's id and the words of its tab. */
    private readonly resource: string,
    private readonly tab: string,
  ) {
    this.root = page.locator(`[data-page="${resource}"]`)
  }

  async open(): Promise<void> {
    await openServerTab(this.page, this.tab)
    await this.page.locator(`[data-page="${this.resource}"]:is([data-state=ready], [data-state=empty])`).waitFor()
  }

  /** The panel beside the page: editor, review, conflict and outcome. */
  get panel(): Locator {
    return this.page.getByRole('dialog').first()
  }

  get rows(): Locator {
    return this.root.locator('[role=row][data-index]')
  }

  row(text: string | RegExp): Locator {
    return this.rows.filter({ hasText: text })
  }

  field(key: string): Locator {
    return this.page.locator(`.field[data-field="${key}"]`).first()
  }

  /** The control of a field that is typed into. */
  input(key: string): Locator {
    return this.field(key).locator('input, textarea, select').first()
  }

  problem(key: string): Locator {
    return this.field(key).getByRole('alert')
  }

  async review(): Promise<void> {
    await this.page.getByRole('button', { name: 'Review', exact: true }).click()
  }

  /** Types the override word where a safety check stops what is reviewed. */
  async override(): Promise<void> {
    await expect(this.panel.getByText('Checking the effects…')).toHaveCount(0)
    const override = this.panel.getByLabel(/to continue anyway/)
    if ((await override.count()) > 0) await override.fill('OVERRIDE')
  }

  /** Sends what stands in the review and waits for what came of it. */
  async save(button: string | RegExp = 'Save change'): Promise<void> {
    await this.panel.getByRole('button', { name: button }).click()
    await this.page.locator('[data-view=outcome]').waitFor()
  }

  async closePanel(): Promise<void> {
    await this.panel.getByRole('button', { name: 'Close', exact: true }).last().click()
  }

  async delete(text: string | RegExp): Promise<void> {
    await this.row(text).first().getByRole('gridcell').first().click()
    await this.page.keyboard.press('Delete')
    await this.page.getByRole('dialog').waitFor()
  }
}
