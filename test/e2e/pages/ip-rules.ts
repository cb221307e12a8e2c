import type { Locator, Page } from 'playwright'

export interface RuleValues {
  readonly range?: string
  readonly action?: 'Block' | 'Allow'
  readonly description?: string
}

/** The IP rules of one server: table, toolbar, editor and the dialog that deletes. */
export class IpRulesPage {
  readonly root: Locator

  constructor(private readonly page: Page) {
    this.root = page.locator('[data-page=ip-rules]')
  }

  get grid(): Locator {
    return this.root.getByRole('grid', { name: 'IP rules' })
  }

  get rows(): Locator {
    return this.grid.locator('[role=row][data-index]')
  }

  get count(): Locator {
    return this.root.getByTestId('count')
  }

  get editor(): Locator {
    return this.page.getByRole('dialog').filter({ has: this.page.locator('[data-step]') })
  }

  get dialog(): Locator {
    return this.page.getByRole('dialog')
  }

  row(text: string): Locator {
    return this.rows.filter({ hasText: text })
  }

  async open(): Promise<void> {
    await this.page.getByRole('link', { name: 'IP rules' }).click()
    await this.page.locator('[data-page=ip-rules][data-state=ready]').waitFor()
  }

  search(text: string): Promise<void> {
    return this.root.getByRole('searchbox', { name: 'Search rules' }).fill(text)
  }

  async narrow(what: 'Action' | 'Expiration' | 'Family', choice: string): Promise<void> {
    await this.root.getByRole('combobox', { name: what }).selectOption(choice)
  }

  /** Opens the editor for a new rule, or for the one with this text in its row. */
  async edit(text?: string): Promise<void> {
    if (text === undefined) await this.root.getByRole('button', { name: 'New rule' }).first().click()
    else await this.row(text).dblclick()
    await this.editor.waitFor()
  }

  async fill({ range, action, description }: RuleValues): Promise<void> {
    if (range !== undefined) await this.editor.getByLabel('IP address or range').fill(range)
    if (action !== undefined) await this.editor.getByRole('radio', { name: action }).check({ force: true })
    if (description !== undefined) await this.editor.getByLabel('Description').fill(description)
  }

  /** From the form to what will be sent. */
  async review(): Promise<void> {
    await this.editor.getByRole('button', { name: 'Review' }).click()
    await this.editor.locator('[data-step=review]').waitFor()
  }

  async send(): Promise<void> {
    await this.editor.getByRole('button', { name: /Create rule|Save change/ }).click()
  }

  async closeOutcome(): Promise<void> {
    await this.editor.locator('[data-view=outcome]').waitFor()
    await this.editor.getByRole('button', { name: 'Close' }).last().click()
  }

  async select(...texts: readonly string[]): Promise<void> {
    for (const text of texts) await this.row(text).getByRole('checkbox').check()
  }

  async startDelete(): Promise<void> {
    await this.root.getByRole('toolbar', { name: 'Selected rules' }).getByRole('button', { name: 'Delete…' }).click()
  }
}
