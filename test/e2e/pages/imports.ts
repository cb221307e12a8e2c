import type { Locator, Page } from 'playwright'
import type { FleetApp } from '../fleet-app'

type Step = 'file' | 'columns' | 'plan' | 'confirm' | 'applied'

/** The panel that imports a CSV file. */
export class ImportPage {
  readonly panel: Locator

  constructor(private readonly page: Page) {
    this.panel = page.getByRole('dialog', { name: /^Import / })
  }

  get rows(): Locator {
    return this.panel.getByRole('grid', { name: /^(Rows of the file|Steps)$/ }).locator('[role=row][data-index]')
  }

  row(line: number): Locator {
    return this.rows.filter({ has: this.page.getByRole('gridcell', { name: String(line), exact: true }) })
  }

  /** The button that shows the rows of one state, with how many there are. */
  count(state: string): Locator {
    return this.panel.locator(`[data-count="${state}"]`)
  }

  button(name: string | RegExp): Locator {
    return this.panel.getByRole('button', { name })
  }

  async open(): Promise<void> {
    await this.page.getByRole('button', { name: 'Import…' }).click()
    await this.at('file')
  }

  at(step: Step): Promise<void> {
    return this.panel.locator(`[data-view=import][data-step=${step}]`).waitFor()
  }

  async choose(): Promise<void> {
    await this.button('Choose a file…').click()
    await this.at('columns')
  }

  /** Drops a real file of the disk onto the panel. */
  async drop(file: string): Promise<void> {
    const box = await this.panel.getByTestId('import-drop').boundingBox()
    const [x, y] = [(box?.x ?? 0) + 40, (box?.y ?? 0) + 20]
    const client = await this.page.context().newCDPSession(this.page)
    const data = { items: [], files: [file], dragOperationsMask: 1 }
    for (const type of ['dragEnter', 'dragOver', 'drop'] as const)
      await client.send('Input.dispatchDragEvent', { type, x, y, data })
    await client.detach()
    await this.at('columns')
  }

  async map(column: string, field: string): Promise<void> {
    await this.panel.getByRole('combobox', { name: `Field for ${column}` }).selectOption({ label: field })
  }

  async check(): Promise<void> {
    await this.button('Preview').click()
    await this.at('plan')
  }

  async confirm(): Promise<void> {
    await this.button('Continue').click()
    await this.at('confirm')
  }

  async send(): Promise<void> {
    await this.button(/^Create /).click()
    await this.at('applied')
    await this.panel.locator('[data-view=plan]:not([data-state=applying])').waitFor()
  }
}

/** Opens the panel with copied rows; returns it with the columns shown. */
export async function pasteRows(fleet: FleetApp, text: string): Promise<ImportPage> {
  const imports = new ImportPage(fleet.page)
  await fleet.call('app:copy', { text })
  await imports.open()
  await imports.button('Paste rows').click()
  await imports.at('columns')
  return imports
}
