import type { Locator, Page } from 'playwright'

/** The journal: its table, what narrows it, one entry, and whether its chain is intact. */
export class JournalPage {
  readonly root: Locator

  constructor(private readonly page: Page) {
    this.root = page.locator('[data-page=journal]')
  }

  get rows(): Locator {
    return this.root.getByRole('grid', { name: 'Journal' }).locator('[role=row][data-index]')
  }

  get status(): Locator {
    return this.root.getByTestId('journal-status')
  }

  get count(): Locator {
    return this.root.getByTestId('count')
  }

  /** How many changes are listed; earlier tests of the same app may have made some. */
  async changes(): Promise<number> {
    return Number(/^[\d,]+/.exec(await this.count.innerText())?.[0].replaceAll(',', '') ?? NaN)
  }

  get entry(): Locator {
    return this.page.getByRole('dialog', { name: /^Entry \d+$/ })
  }

  /** The same, also while it is reverted. */
  get panel(): Locator {
    return this.page.getByRole('dialog', { name: /ntry \d+$/ })
  }

  /** Of the entry that is open, oldest first. */
  get notes(): Locator {
    return this.entry.getByRole('region', { name: 'Notes' }).getByRole('listitem')
  }

  get noteBox(): Locator {
    return this.entry.getByRole('textbox', { name: 'Note' })
  }

  async addNote(text: string): Promise<void> {
    await this.entry.getByRole('button', { name: 'Add note' }).click()
    await this.noteBox.fill(text)
    await this.entry.getByRole('button', { name: 'Add', exact: true }).click()
  }

  search(text: string): Promise<void> {
    return this.root.getByRole('searchbox', { name: 'Search the journal' }).fill(text)
  }

  async narrow(
    what: 'Server' | 'Folder' | 'Tag' | 'User' | 'Resource' | 'Action' | 'Result' | 'Time',
    choice: string,
  ): Promise<void> {
    await this.root.getByRole('combobox', { name: what }).selectOption(choice)
  }
}
