import type { Locator, Page } from 'playwright'
import { expect, test } from '../fixtures'
import { IpRulesPage } from '../pages/ip-rules'
import { openServerTab } from '../pages/server-tab'
import { launchSignedIn } from '../servers'

/** What a person sees of an element besides its text: its surface, its lines and the sign before it. */
const look = (of: Locator): Promise<string> =>
  of.first().evaluate((element) => {
    const { backgroundColor, backgroundImage, borderTopColor, borderTopWidth, borderTopStyle } =
      getComputedStyle(element)
    const { content } = getComputedStyle(element, '::before')
    return [backgroundColor, backgroundImage, borderTopColor, borderTopWidth, borderTopStyle, content].join(' ')
  })

async function expectToDiffer(one: Locator, other: Locator): Promise<void> {
  expect(await look(one)).not.toBe(await look(other))
}

const sign = (of: Locator): Promise<string> =>
  of.first().evaluate((element) => getComputedStyle(element, '::before').content)

const hasLine = (of: Locator): Promise<boolean> =>
  of.first().evaluate((element) => {
    const { borderTopStyle, borderTopWidth, borderTopColor, backgroundColor } = getComputedStyle(element)
    const canvas = getComputedStyle(document.body).backgroundColor
    const isDrawn = borderTopStyle !== 'none' && Number.parseFloat(borderTopWidth) > 0
    return (isDrawn && borderTopColor !== canvas) || backgroundColor !== canvas
  })

async function useContrastTheme(page: Page, colorScheme: 'light' | 'dark'): Promise<void> {
  await page.emulateMedia({ forcedColors: 'active', colorScheme })
  const surface = colorScheme === 'dark' ? 'rgb(0, 0, 0)' : 'rgb(255, 255, 255)'
  await expect.poll(() => page.evaluate(() => getComputedStyle(document.body).backgroundColor)).toBe(surface)
}

test('a contrast theme tells states apart: pages, servers, rows, switches, actions, progress, buttons', async ({
  launch,
  startPbx,
}) => {
  const pbx = await startPbx({ rules: 40 })
  const fleet = await launchSignedIn(launch, pbx)
  const { page } = fleet
  const [server] = (await fleet.call('workspace:get', {})).servers
  const { id, ...values } = server!
  await fleet.call('workspace:add', { draft: { ...values, name: 'Signed out', address: 'https://127.0.0.1:9' } })
  const rules = new IpRulesPage(page)
  const servers = page.getByRole('treeitem')
  await expect(servers.filter({ hasText: 'Signed out' })).toBeVisible()

  for (const colorScheme of ['light', 'dark'] as const) {
    await useContrastTheme(page, colorScheme)

    await openServerTab(page, 'Overview')
    const usage = page.locator('[data-page=overview][data-state=ready]').getByRole('progressbar').first()
    await expect(usage).toBeVisible()
    expect(await hasLine(usage)).toBe(true)
    await expectToDiffer(usage, usage.locator('> *'))

    // The open page and server, and one that is signed in.
    const tabs = page.getByRole('navigation', { name: 'Pages of this server' }).getByRole('link')
    await expectToDiffer(tabs.filter({ hasText: 'Overview' }), tabs.filter({ hasText: 'Tenants' }))
    const [acme, other] = [servers.filter({ hasText: 'Acme' }), servers.filter({ hasText: 'Signed out' })]
    await expectToDiffer(acme.locator('> *'), other.locator('> *'))
    const signedIn = page.getByRole('main').getByRole('img', { name: 'Signed in' })
    await expectToDiffer(signedIn, other.getByRole('img', { name: /^Not checked|^Signed out/ }))

    // Blocked and allowed, and selected rows.
    await rules.open()
    const cell = (text: string): Locator => rules.rows.locator('[data-tone]').filter({ hasText: text })
    await rules.search('')
    await expect(cell('Allow').first()).toBeVisible()
    expect(await sign(cell('Allow'))).toBe('"✓"')
    await rules.narrow('Action', 'Block')
    await expect(cell('Block').first()).toBeVisible()
    await expect(cell('Allow')).toHaveCount(0)
    expect(await sign(cell('Block'))).toBe('"✕"')
    await rules.rows.nth(1).getByRole('checkbox').check()
    await expectToDiffer(rules.rows.nth(1), rules.rows.nth(2))
    await rules.rows.nth(1).getByRole('checkbox').uncheck()
    await rules.narrow('Action', 'Any action')

    // A choice, and a button that is off.
    await page.getByRole('button', { name: 'New rule' }).click()
    const choice = (label: string): Locator => rules.editor.locator('label.choice').filter({ hasText: label })
    await expectToDiffer(choice('Block'), choice('Allow'))
    await rules.editor.getByLabel('IP address or range').fill('41.77.8.9')
    await rules.editor.getByRole('button', { name: 'Review' }).click()
    await expect(rules.editor.locator('[data-step=review]')).toBeVisible()
    const back = rules.editor.getByRole('button', { name: 'Back' })
    await rules.editor.getByRole('button', { name: 'Create rule' }).focus()
    const [off, on] = await Promise.all([look(rules.editor.getByRole('button', { name: 'Create rule' })), look(back)])
    expect(off).not.toBe(on)
    await page.keyboard.press('Escape')
    await page.getByRole('button', { name: 'Discard changes', exact: true }).click()

    await openServerTab(page, 'Settings')
    const switches = page.locator('[data-page=system-settings]').getByRole('switch')
    await expect(switches.first()).toBeVisible()
    expect(await hasLine(switches.and(page.locator(':not(:checked)')))).toBe(true)
    await expectToDiffer(switches.and(page.locator(':checked')), switches.and(page.locator(':not(:checked)')))
  }
  expect(id).not.toBe('')
})

test('a contrast theme tells a problem from a help, and a check mark from its selected row', async ({
  launch,
  startPbx,
}) => {
  const { page } = await launchSignedIn(launch, await startPbx({ rules: 5 }))
  const rules = new IpRulesPage(page)
  await rules.open()
  for (const colorScheme of ['light', 'dark'] as const) {
    await useContrastTheme(page, colorScheme)
    const row = rules.rows.first()
    await row.getByRole('checkbox').check()
    const [box, text] = await Promise.all([
      row.getByRole('checkbox').evaluate((element) => getComputedStyle(element).accentColor),
      row
        .locator('[role=gridcell]')
        .last()
        .evaluate((element) => getComputedStyle(element).color),
    ])
    expect(box).toBe(text)
    await row.getByRole('checkbox').uncheck()

    await row.dblclick()
    await rules.editor.getByLabel('IP address or range').fill('41.77.8')
    await rules.editor.getByRole('button', { name: 'Review' }).click()
    expect(await sign(rules.editor.locator('.problem'))).toBe('"✕ "')
    const mark = rules.editor.locator('.mark:not(:empty)').first()
    expect(await mark.evaluate((element) => Number.parseFloat(getComputedStyle(element).paddingLeft))).toBeGreaterThan(
      0,
    )
    await page.keyboard.press('Escape')
    await page.getByRole('button', { name: 'Discard changes', exact: true }).click()
  }
})

test('a contrast theme tells a nearly full limit from others, and notifications from the page', async ({
  launch,
  startPbx,
}) => {
  const pbx = await startPbx()
  const fleet = await launchSignedIn(launch, pbx)
  const { page } = fleet
  const fills = page.locator('[data-page=overview][data-state=ready]').getByRole('progressbar').locator('> *')
  await expect(fills.first()).toBeVisible()
  for (const colorScheme of ['light', 'dark'] as const) {
    await useContrastTheme(page, colorScheme)
    const looks = await fills.first().evaluate((element) => {
      const levels = ['ok', 'warn', 'danger']
      return levels.map((level) => {
        element.classList.remove(...levels)
        element.classList.add(level)
        return getComputedStyle(element).backgroundImage
      })
    })
    expect(new Set(looks).size).toBe(3)

    await openServerTab(page, 'IP rules')
    await page.getByRole('button', { name: 'Export…' }).first().click()
    await page
      .getByRole('dialog')
      .getByRole('button', { name: /^Export/ })
      .click()
    const notice = page.locator('.n-notification').filter({ hasText: 'Export of Acme finished' })
    await expect(notice).toBeVisible()
    expect(await hasLine(notice)).toBe(true)
    expect(await hasLine(notice.getByRole('button', { name: 'Copy message' }))).toBe(true)
    await notice.getByRole('button', { name: 'close' }).click()
    await openServerTab(page, 'Overview')
  }
})
