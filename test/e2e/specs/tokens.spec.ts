import { filesHolding } from '../secret-search'
import { alone, expect, test } from '../fixtures'
import { RecordPage } from '../pages/records'
import { launchSignedIn } from '../servers'

test('the SBC and IM forms share a page, each with its own changes', async ({ launch, startPbx }) => {
  const pbx = await startPbx()
  const { page } = await launchSignedIn(launch, pbx)
  const sbc = new RecordPage(page, 'sbc', 'SBC & IM')
  const im = new RecordPage(page, 'im', 'SBC & IM')
  await sbc.open()
  await sbc.input('domain').fill('sbc2.example.com')
  await sbc.review()
  await sbc.save()
  await sbc.closePanel()
  await expect(sbc.input('domain')).toHaveValue('sbc2.example.com')
  await expect(im.root).toHaveAttribute('data-state', 'ready')
  await im.input('private_ipv4').fill('10.20.0.12')
  await im.review()
  await im.save()
  await im.closePanel()
  const sent = pbx.requests.filter(({ method, path }) => method === 'POST' && /^\/(sbc|im)$/.test(path))
  expect(sent.map(({ path, body }) => [path, body])).toEqual([
    ['/sbc', { domain: 'sbc2.example.com' }],
    ['/im', { private_ipv4: '10.20.0.12' }],
  ])
})

test('a token is shown for 30 seconds, copied without being shown, regenerated and deleted', async ({
  launch,
  startPbx,
}) => {
  const pbx = await startPbx()
  const fleet = await launchSignedIn(alone(launch), pbx, { protection: 'open' })
  const { page } = fleet
  const clipboard = (): Promise<string> => fleet.app.evaluate(({ clipboard: board }) => board.readText())
  await new RecordPage(page, 'sbc', 'SBC & IM').open()
  const panel = page.locator('[data-token=sbc]')
  const shown = panel.getByTestId('token')
  const first = pbx.tokenOf('sbc') ?? 'none'
  await expect(panel.getByRole('img', { name: 'The token is hidden' })).toBeVisible()
  await expect(panel).toContainText('Upgrading to 22.2')

  await page.clock.install()
  await panel.getByRole('button', { name: 'Show' }).click()
  await expect(shown).toHaveText(first)
  await expect(panel).toContainText(/Hides in (30|29|28) s/)
  await page.clock.fastForward(30_000)
  await expect(shown).toHaveCount(0)
  expect(await page.content()).not.toContain(first)

  await panel.getByRole('button', { name: 'Show' }).click()
  await expect(shown).toHaveText(first)
  await page.getByRole('link', { name: 'Overview' }).click()
  await expect(page.locator('[data-page=overview]')).toBeVisible()
  expect(await page.content()).not.toContain(first)
  await new RecordPage(page, 'sbc', 'SBC & IM').open()
  await expect(panel.getByRole('img', { name: 'The token is hidden' })).toBeVisible()

  await panel.getByRole('button', { name: 'Copy' }).click()
  await expect(panel).toContainText('The clipboard is cleared after 60 s')
  expect(await clipboard()).toBe(first)
  expect(await page.content()).not.toContain(first)

  await panel.getByRole('button', { name: 'Regenerate…' }).click()
  const dialog = page.getByRole('dialog')
  await expect(dialog).toContainText('WebRTC')
  const send = dialog.getByRole('button', { name: 'Regenerate token' })
  await expect(send).toBeDisabled()
  await dialog.getByLabel(/type the name of the server/).fill('Acm')
  await expect(send).toBeDisabled()
  await dialog.getByLabel(/type the name of the server/).fill('Acme')
  await send.click()
  await expect(dialog.locator('[data-view=token-next]')).toContainText('Settings > PBX')
  const second = pbx.tokenOf('sbc') ?? 'none'
  expect(second).not.toBe(first)
  await dialog.getByRole('button', { name: 'Copy' }).click()
  await expect(dialog).toContainText('The clipboard is cleared after 60 s')
  expect(await clipboard()).toBe(second)
  await dialog.getByRole('button', { name: 'Close', exact: true }).last().click()

  const im = page.locator('[data-token=im]')
  await im.getByRole('button', { name: 'Delete token…' }).click()
  await expect(dialog).toContainText('chat between users')
  await dialog.getByLabel(/type the name of the server/).fill('Acme')
  await dialog.getByRole('button', { name: 'Delete token' }).click()
  await expect(dialog.locator('[data-view=token-next]')).toContainText('Token deleted')
  await dialog.getByRole('button', { name: 'Close', exact: true }).last().click()
  await expect(im).toContainText('No token')
  await im.getByRole('button', { name: 'Generate token…' }).click()
  await dialog.getByLabel(/type the name of the server/).fill('Acme')
  await dialog.getByRole('button', { name: 'Generate token' }).click()
  await expect(dialog.locator('[data-view=token-next]')).toContainText('-t TOKEN')

  await dialog.getByRole('button', { name: 'Close', exact: true }).last().click()

  await panel.getByRole('button', { name: 'Delete token…' }).click()
  await dialog.getByLabel(/type the name of the server/).fill('Acme')
  await dialog.getByRole('button', { name: 'Delete token' }).click()
  await expect(dialog.locator('[data-view=token-next]')).toContainText('Token deleted')
  expect(pbx.tokenOf('sbc')).toBeNull()

  const log = await fleet.log()
  expect(log).toMatch(/SBC token of \S+ was shown/)
  expect([first, second].filter((token) => log.includes(token))).toEqual([])
  await fleet.stop()
  expect(await filesHolding(fleet.profile, [first, second])).toEqual([])
})
