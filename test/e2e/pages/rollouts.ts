import type { Locator, Page } from 'playwright'

type State = 'ready' | 'applying' | 'review' | 'paused' | 'finished' | 'canceled' | 'stopped'

/** The form that blocks or allows addresses on several servers, and a rollout in its panel. */
export class RolloutsPage {
  constructor(private readonly page: Page) {}

  get form(): Locator {
    return this.page.getByRole('dialog', { name: 'Block or allow addresses' })
  }

  /** The form that replaces the certificate of several servers. */
  get certificateForm(): Locator {
    return this.page.getByRole('dialog', { name: 'Replace certificate', exact: true })
  }

  /** What is left to do on the servers that have the certificate. */
  get certificates(): Locator {
    return this.panel.getByTestId('certificates')
  }

  /** A server that has the certificate. */
  certificateOf(server: string): Locator {
    return this.certificates.getByRole('listitem').filter({ hasText: server })
  }

  get panel(): Locator {
    return this.page.getByRole('dialog').filter({ has: this.page.locator('[data-view=rollout]') })
  }

  get rows(): Locator {
    return this.panel.getByRole('grid', { name: 'Servers' }).locator('[role=row][data-index]')
  }

  get progress(): Locator {
    return this.panel.getByTestId('rollout-progress')
  }

  get groups(): Locator {
    return this.panel.locator('[data-group]')
  }

  get bar(): Locator {
    return this.page.getByRole('region', { name: 'Running jobs' })
  }

  at(state: State): Promise<void> {
    return this.panel.locator(`[data-view=rollout][data-state=${state}]`).waitFor()
  }

  button(name: string | RegExp): Locator {
    return this.panel.getByRole('button', { name })
  }

  /** The button that shows the servers of one result, with how many there are. */
  count(outcome: string): Locator {
    return this.panel.locator(`[data-count=${outcome}]`)
  }
}
