import type { Locator, Page } from 'playwright'

type Format = 'CSV' | 'Excel workbook (XLSX)' | 'JSON lines' | RegExp

/** The dialog that exports, the library, and the page that shows one export. */
export class ExportsPage {
  readonly root: Locator
  readonly view: Locator

  constructor(private readonly page: Page) {
    this.root = page.locator('[data-page=exports]')
    this.view = page.locator('[data-page=export-view]')
  }

  get entries(): Locator {
    return this.root.getByRole('grid', { name: 'Exports' }).locator('[role=row][data-index]')
  }

  get selectAll(): Locator {
    return this.root.getByRole('checkbox', { name: 'Select all rows that match' })
  }

  get ticked(): Locator {
    return this.entries.and(this.page.locator('[aria-selected=true]'))
  }

  get selectionBar(): Locator {
    return this.root.getByRole('toolbar', { name: 'Selected exports' })
  }

  get rows(): Locator {
    return this.view.getByRole('grid').locator('[role=row][data-index]')
  }

  get exportDialog(): Locator {
    return this.page.getByRole('dialog', { name: /^Export / })
  }

  /** From the page of the rules; the dialog closes when the work has begun. */
  async export(format: Format, scope?: RegExp): Promise<void> {
    await this.page.getByRole('button', { name: 'Export…' }).first().click()
    await this.exportDialog.getByRole('radio', { name: format }).check({ force: true })
    if (scope) await this.exportDialog.getByRole('radio', { name: scope }).check({ force: true })
    await this.exportDialog.getByRole('button', { name: 'Export', exact: true }).click()
    await this.exportDialog.waitFor({ state: 'hidden' })
  }

  async open(): Promise<void> {
    await this.page.getByRole('navigation', { name: 'Workspace' }).getByRole('link', { name: 'Exports' }).click()
    await this.root.waitFor()
  }

  async read(text: string): Promise<void> {
    await this.entries.filter({ hasText: text }).first().dblclick()
    await this.view.waitFor()
  }

  async choose(text: string, item: RegExp): Promise<void> {
    await this.entries.filter({ hasText: text }).first().click({ button: 'right' })
    await this.page.getByRole('menuitem', { name: item }).click()
  }

  /** Drops a real file of the disk onto the window. */
  async drop(file: string): Promise<void> {
    const client = await this.page.context().newCDPSession(this.page)
    const data = { items: [], files: [file], dragOperationsMask: 1 }
    for (const type of ['dragEnter', 'dragOver', 'drop'] as const)
      await client.send('Input.dispatchDragEvent', { type, x: 700, y: 400, data })
    await client.detach()
  }
}
