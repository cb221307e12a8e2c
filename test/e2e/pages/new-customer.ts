import type { Locator, Page } from 'playwright'
import { RecordPage } from './records'
import { fillPlace } from './tenant-controls'

/** The page that creates a new customer. */
export class NewCustomerPage {
  readonly root: Locator

  constructor(private readonly page: Page) {
    this.root = page.locator('[data-page=new-customer]')
  }

  at(step: 'server' | 'tenant' | 'dealer' | 'numbers' | 'review'): Promise<void> {
    return this.page.locator(`[data-page=new-customer][data-step=${step}]`).waitFor()
  }

  get servers(): Locator {
    return this.root.getByRole('region', { name: 'Servers' }).locator('tbody tr')
  }

  get domainCheck(): Locator {
    return this.root.getByTestId('domain-check')
  }

  /** The steps of the preview, in full. */
  get listed(): Locator {
    return this.root.getByRole('list', { name: 'Steps' }).getByRole('listitem')
  }

  get steps(): Locator {
    return this.root.getByRole('grid', { name: 'Steps' }).locator('[role=row][data-index]')
  }

  input(key: string): Locator {
    return this.root.locator(`.field[data-field="${key}"]`).locator('input, textarea').first()
  }

  button(name: string | RegExp): Locator {
    return this.root.getByRole('button', { name, exact: true })
  }

  plan(state: 'ready' | 'applying' | 'paused' | 'finished' | 'canceled'): Promise<void> {
    return this.root.locator(`[data-view=plan][data-state=${state}]`).waitFor()
  }

  async next(): Promise<void> {
    await this.button('Continue').click()
  }
}

/** Fills in what a tenant requires. */
export async function fillTenant(page: Page, customer: NewCustomerPage): Promise<void> {
  await customer.input('name').fill('Kunde Neu')
  await customer.input('domain').fill('neu.example')
  await fillPlace(page, new RecordPage(page, 'new-customer', ''))
}
