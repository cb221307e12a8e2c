import type { Locator, Page } from 'playwright'

type State = 'ready' | 'applying' | 'paused' | 'finished' | 'canceled'

/** A plan in its panel or dialog, the list of plans, and the bar that shows those under way. */
export class PlansPage {
  readonly root: Locator

  constructor(private readonly page: Page) {
    this.root = page.locator('[data-page=plans]')
  }

  get rows(): Locator {
    return this.root.getByRole('grid', { name: 'Plans' }).locator('[role=row][data-index]')
  }

  get panel(): Locator {
    return this.page.getByRole('dialog').filter({ has: this.page.locator('[data-view=plan]') })
  }

  get cancelDialog(): Locator {
    return this.page.getByRole('dialog', { name: 'Cancel this plan?' })
  }

  get steps(): Locator {
    return this.panel.getByRole('grid', { name: 'Steps' }).locator('[role=row][data-index]')
  }

  get bar(): Locator {
    return this.page.getByRole('region', { name: 'Running jobs' })
  }

  at(state: State): Promise<void> {
    return this.panel.locator(`[data-view=plan][data-state=${state}]`).waitFor()
  }

  /** The button that shows the steps of one outcome, with how many there are. */
  count(outcome: string): Locator {
    return this.panel.locator(`[data-count=${outcome}]`)
  }

  button(name: string | RegExp): Locator {
    return this.panel.getByRole('button', { name })
  }
}
