import type { Locator, Page } from 'playwright'

export interface ServerValues {
  readonly name?: string
  readonly address?: string
  readonly secondAddress?: string
  readonly folder?: string
  readonly tags?: string
  readonly username?: string
  readonly notes?: string
  readonly protection?: 'No confirmation' | 'Confirm' | 'Confirm by name' | 'Read-only'
  readonly colour?: string
  readonly remember?: boolean
}

/** The dialog that adds or edits a server. */
export class ServerForm {
  readonly root: Locator

  constructor(page: Page) {
    this.root = page.getByRole('dialog', { name: /Add a server|^Edit / })
  }

  field(label: string): Locator {
    return this.root.getByLabel(label, { exact: true }).or(this.root.getByLabel(`${label} optional`, { exact: true }))
  }

  async fill(values: ServerValues): Promise<void> {
    const texts = {
      Name: values.name,
      Address: values.address,
      'Second address': values.secondAddress,
      Folder: values.folder,
      Tags: values.tags,
      Username: values.username,
      Notes: values.notes,
    }
    for (const [label, text] of Object.entries(texts)) if (text !== undefined) await this.field(label).fill(text)
    if (values.protection) await this.root.getByRole('radio', { name: values.protection }).check()
    if (values.colour) await this.root.getByRole('radio', { name: values.colour, exact: true }).check({ force: true })
    if (values.remember !== undefined)
      await this.root.getByRole('checkbox', { name: /Offer to remember/ }).setChecked(values.remember)
  }

  async submit(): Promise<void> {
    await this.root.getByRole('button', { name: /^(Save|Add and connect)$/ }).click()
  }

  async save(values: ServerValues = {}): Promise<void> {
    await this.fill(values)
    await this.submit()
    await this.root.waitFor({ state: 'hidden' })
  }
}
