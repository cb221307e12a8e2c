import type { Locator, Page } from 'playwright'
import { expect } from 'playwright/test'
import type { FleetApp } from '../fleet-app'

/** The frame around every page: sidebar, menus, dialogs, notifications. */
export class Shell {
  readonly page: Page

  constructor(private readonly fleet: FleetApp) {
    this.page = fleet.page
  }

  get tree(): Locator {
    return this.page.getByRole('tree', { name: 'Servers' })
  }

  get filter(): Locator {
    return this.page.getByRole('searchbox', { name: 'Filter servers' })
  }

  get dialog(): Locator {
    return this.page.getByRole('dialog')
  }

  /** The servers in sight, from top to bottom. */
  async names(): Promise<readonly string[]> {
    const rows = await this.tree.locator('[role=treeitem] .name').allInnerTexts()
    const places = await this.tree
      .locator('[role=treeitem]:has(.name)')
      .evaluateAll((items) => items.map((item) => item.getBoundingClientRect().top))
    return rows
      .map((name, at) => ({ name, top: places[at] ?? 0 }))
      .sort((a, b) => a.top - b.top)
      .map(({ name }) => name)
  }

  server(name: string): Locator {
    return this.tree.getByRole('treeitem').filter({ hasText: name })
  }

  folder(name: string): Locator {
    return this.tree.locator('[role=treeitem][aria-expanded]').filter({ hasText: name })
  }

  notice(text: string | RegExp): Locator {
    return this.page.locator('.n-notification').filter({ hasText: text })
  }

  async goTo(name: 'Fleet' | 'Exports' | 'Journal' | 'Settings'): Promise<void> {
    await this.page.getByRole('navigation', { name: 'Workspace' }).getByRole('link', { name, exact: true }).click()
  }

  async openMenuOf(name: string): Promise<Locator> {
    await this.server(name).click({ button: 'right' })
    return this.page.getByRole('menu')
  }

  async choose(name: string, item: string | RegExp): Promise<void> {
    await (await this.openMenuOf(name)).getByRole('menuitem', { name: item }).click()
  }

  async add(item: RegExp): Promise<void> {
    await this.page.getByRole('button', { name: 'Add to the workspace' }).click()
    await this.page.getByRole('menuitem', { name: item }).click()
  }

  async nativeMenu(id: string): Promise<void> {
    const click = (): Promise<boolean> =>
      this.fleet.app.evaluate(({ Menu }, wanted) => {
        const item = Menu.getApplicationMenu()?.getMenuItemById(wanted)
        item?.click()
        return Boolean(item)
      }, id)
    await expect.poll(click).toBe(true)
  }
}
