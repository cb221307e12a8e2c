import keytar from 'keytar'
import { expect, test } from '../fixtures'
import { IpRulesPage } from '../pages/ip-rules'
import { ServerForm } from '../pages/server-form'
import { SessionPage } from '../pages/session'
import { Shell } from '../pages/shell'
import { plantedPassword, secretMark } from '../secrets'
import { credentialsSent, launchSignedIn, launchWith, open } from '../servers'

const service = 'PBX Fleet'
/** One account is asked for, not the list: reading that while another test deletes an entry ends the process (libsecret). */
const kept = (serverId: string, kind: 'password' | 'refresh'): Promise<string | null> =>
  keytar.getPassword(service, `${serverId}:${kind}`)

test('the first connection shows the certificate and sends nothing until it is trusted', async ({
  launch,
  startPbx,
}) => {
  const pbx = await startPbx()
  const fleet = await launchWith(launch, pbx)
  const session = new SessionPage(fleet.page)
  await open(fleet)
  await expect(session.fingerprints).toHaveAttribute('aria-label', pbx.fingerprint256)
  for (const label of ['Subject', 'Issuer', 'Subject alternative names', 'Valid from', 'Valid until'])
    await expect(session.gate('untrusted').getByText(label, { exact: true })).toBeVisible()
  expect(pbx.requests).toEqual([])
  await session.gate('untrusted').getByRole('button', { name: 'Do not connect' }).click()
  await expect(session.gate('signed-out')).toBeVisible()
  await session.gate('signed-out').getByRole('button', { name: 'Sign in' }).click()
  await session.trust()
  await session.signIn()
  await expect(session.overview).toBeVisible()
  await expect(new SessionPage(fleet.page).header).toContainText(/SystemAdmin.*Version 22\.2/)
  expect(credentialsSent(pbx)).toHaveLength(1)
})

test('a verification code is required if two-factor authentication is on', async ({ launch, startPbx }) => {
  const pbx = await startPbx({ otp: true, version: '22.6' })
  const fleet = await launchWith(launch, pbx)
  const session = new SessionPage(fleet.page)
  await open(fleet)
  await session.trust()
  await session.signIn()
  const gate = session.gate('needs-otp')
  await gate.getByRole('textbox', { name: 'Code' }).fill('000000')
  await gate.getByRole('button', { name: 'Sign in' }).click()
  await expect(gate.getByRole('alert')).toContainText('The code is wrong or expired')
  await gate.getByRole('textbox', { name: 'Code' }).fill(pbx.otpCode())
  await gate.getByRole('button', { name: 'Sign in' }).click()
  await expect(session.overview).toBeVisible()
})

test('a server before 22.2 is signed in to in its own way', async ({ launch, startPbx }) => {
  const pbx = await startPbx({ version: '22.0' })
  const fleet = await launchSignedIn(launch, pbx)
  await expect(new SessionPage(fleet.page).header).toContainText('22.0')
  expect(credentialsSent(pbx)).toContain('/login/oauth/token')
})

test('a wrong password is reported and not tried again, with a stronger warning after each attempt', async ({
  launch,
  startPbx,
}) => {
  const pbx = await startPbx({ lockOutAfter: 3 })
  const fleet = await launchWith(launch, pbx)
  const session = new SessionPage(fleet.page)
  const gate = session.gate('needs-password')
  await open(fleet)
  await session.trust()
  const wrong = `wrong-${secretMark}`
  await session.signIn(wrong)
  await expect(gate.getByText('1 failed sign-in.')).toBeVisible()
  await expect(gate.getByRole('alert')).toContainText('wrong username or password')
  expect(credentialsSent(pbx)).toHaveLength(1)

  await session.signIn(wrong)
  await expect(gate.getByText('2 failed sign-ins.')).toBeVisible()
  await session.signIn(wrong)
  await expect(gate.getByText('3 failed sign-ins.')).toBeVisible()
  await gate.getByLabel('Password', { exact: true }).fill(wrong)
  await expect(gate.getByRole('button', { name: 'Sign in' })).toBeDisabled()
  expect(credentialsSent(pbx)).toHaveLength(3)

  await session.signIn(wrong)
  const denied = session.gate('denied')
  await expect(denied.getByRole('timer')).toContainText(/\d.*until/)
  await expect(denied).toContainText('The PBX has blocked your IP address: 127.0.0.1')
  await expect(denied.getByRole('button', { name: 'Retry' })).toBeDisabled()
  const shown = await denied.getByRole('timer').innerText()
  await expect(denied.getByRole('timer')).not.toHaveText(shown)
})

test('a sign-in that a proxy refuses does not say that the password is wrong, and is not repeated', async ({
  launch,
  startPbx,
}) => {
  const pbx = await startPbx()
  const fleet = await launchWith(launch, pbx)
  const session = new SessionPage(fleet.page)
  const gate = session.gate('needs-password')
  await open(fleet)
  await session.trust()
  await pbx.setFaults({
    status: 403,
    body: '<html><h1>Forbidden by example proxy</h1></html>',
    onlyPath: 'POST /auth/sign_in',
  })
  await session.signIn()
  await expect(gate.getByRole('alert')).toContainText('Sign-in refused (403), but not with an error of the PBX')
  await expect(gate.getByRole('alert')).toContainText('The password may be right')
  await expect(gate.getByText('wrong username or password')).toBeHidden()
  expect(credentialsSent(pbx)).toHaveLength(1)
  await pbx.clearFaults()
  await session.signIn()
  await expect(session.overview).toBeVisible()
})

test('a changed certificate stops everything before a credential is sent', async ({ launch, startPbx }) => {
  const pbx = await startPbx()
  const fleet = await launchSignedIn(launch, pbx)
  const old = pbx.fingerprint256
  await fleet.stop()
  await pbx.setFaults({ certificateChanged: true })
  const before = pbx.requests.length
  await fleet.start()
  const again = new SessionPage(fleet.page)
  await open(fleet)
  await expect(again.fingerprints).toHaveCount(2)
  const shown = await again.fingerprints.evaluateAll((all) => all.map((one) => one.getAttribute('aria-label')))
  expect(shown).toEqual([old, pbx.fingerprint256])
  expect(pbx.requests.slice(before)).toEqual([])
  const trust = again.gate('untrusted').getByRole('button', { name: 'Trust certificate' })
  await expect(trust).toBeDisabled()
  await again
    .gate('untrusted')
    .getByRole('checkbox', { name: /I verified/ })
    .check()
  await trust.click()
  await expect(again.overview.or(again.gate('needs-password'))).toBeVisible()
})

test('the second address reaches the same server, and its certificate is trusted separately', async ({
  launch,
  startPbx,
}) => {
  const [first, second] = [await startPbx(), await startPbx()]
  const fleet = await launchWith(launch, first, { secondAddress: second.url })
  const session = new SessionPage(fleet.page)
  await first.setFaults({ refuseConnections: true })
  await open(fleet)
  await expect(session.gate('unreachable')).toContainText('is unreachable')
  await session.gate('unreachable').getByRole('button', { name: 'Use the second address' }).click()
  await expect(session.fingerprints).toHaveAttribute('aria-label', second.fingerprint256)
  await session.trust()
  await session.signIn()
  await expect(session.overview).toBeVisible()
  expect(first.requests).toEqual([])
})

test('a blocked technician signs in through the second address and finds the rule there', async ({
  launch,
  startPbx,
}) => {
  const pbx = await startPbx({ blockedAddresses: ['127.0.0.1'], secondRouteFrom: '198.51.100.7' })
  const fleet = await launchWith(launch, pbx, { secondAddress: pbx.secondUrl ?? '' })
  const session = new SessionPage(fleet.page)
  await open(fleet)
  await session.trust()
  await session.signIn()
  await session.gate('denied').getByRole('button', { name: 'Use the second address' }).click()
  // The same certificate is trusted already.
  await session.signIn()
  await expect(session.overview).toBeVisible()
  const rules = new IpRulesPage(fleet.page)
  await rules.open()
  await rules.search('127.0.0.1')
  await expect(rules.rows).toHaveCount(1)
  expect(pbx.requests.filter(({ status }) => status === 403).map(({ address }) => address)).toContain('127.0.0.1')
  expect(pbx.requests.at(-1)).toMatchObject({ status: 200, address: '198.51.100.7' })
})

test('a remembered password is in the keychain, signs in after a restart, and goes with the server', async ({
  launch,
  startPbx,
}) => {
  const pbx = await startPbx()
  const fleet = await launchSignedIn(launch, pbx)
  const view = await fleet.page.evaluate(() => window.fleet.call['workspace:get']({}))
  const id = view.ok ? (view.value.servers[0]?.id ?? '') : ''
  expect(await kept(id, 'password')).toBe(plantedPassword)
  await fleet.restart()
  await open(fleet)
  await expect(new SessionPage(fleet.page).overview).toBeVisible()
  const shell = new Shell(fleet)

  // Another account would have another password, which the form says before it is saved.
  await shell.choose('Acme', /^Edit/)
  const form = new ServerForm(fleet.page)
  const username = await form.field('Username').inputValue()
  await form.fill({ username: 'jane' })
  await expect(form.root).toContainText('Saving removes a stored password')
  await form.fill({ username })
  await expect(form.root).not.toContainText('Saving removes a stored password')
  await form.root.getByRole('button', { name: 'Cancel' }).click()

  await shell.choose('Acme', /^Remove/)
  await shell.dialog.getByRole('button', { name: 'Remove' }).click()
  await expect(shell.server('Acme')).toBeHidden()
  await expect.poll(async () => [await kept(id, 'password'), await kept(id, 'refresh')]).toEqual([null, null])
})

test('signing out revokes the session; a password that is not remembered is asked for again', async ({
  launch,
  startPbx,
}) => {
  const pbx = await startPbx()
  const fleet = await launchWith(launch, pbx, { remember: false })
  const session = new SessionPage(fleet.page)
  await open(fleet)
  await session.trust()
  await session.signIn(plantedPassword, { remember: false })
  await expect(session.overview).toBeVisible()
  await session.signOut()
  await expect(session.gate('signed-out')).toContainText('Enter the password when you sign in.')
  await expect.poll(() => pbx.requests.map(({ path }) => path)).toContain('/auth/sign_out')
  // Its menu leads to the password from every page.
  const shell = new Shell(fleet)
  await shell.goTo('Settings')
  await expect((await shell.openMenuOf('Acme')).getByRole('menuitem', { name: 'Sign out' })).toHaveCount(0)
  await fleet.page.getByRole('menuitem', { name: 'Sign in' }).click()
  await expect(session.gate('needs-password').getByLabel('Password', { exact: true })).toHaveValue('')
})

test('without a keychain the app says so and goes on for this run when asked to', async ({ launch, startPbx }) => {
  const pbx = await startPbx()
  const fleet = await launch({ env: { DBUS_SESSION_BUS_ADDRESS: 'unix:path=/nonexistent' } })
  const shell = new Shell(fleet)
  const { page } = fleet
  const banner = page.getByRole('status').filter({ hasText: 'keychain' })
  await expect(banner).toBeVisible()
  await banner.getByRole('button', { name: 'Keep passwords until I quit' }).click()
  await expect(banner).toBeHidden()
  const reply = await page.evaluate(
    (address) =>
      window.fleet.call['workspace:add']({
        draft: {
          name: 'Acme',
          address,
          secondAddress: '',
          folder: '',
          tags: [],
          colour: 'none',
          protection: 'ask',
          notes: '',
          username: 'admin',
          domain: '',
          remember: true,
        },
      }),
    pbx.url,
  )
  expect(reply.ok).toBe(true)
  await shell.server('Acme').click()
  const session = new SessionPage(page)
  await session.trust()
  await session.signIn()
  await expect(session.overview).toBeVisible()
  await fleet.restart()
  await open(fleet)
  await expect(new SessionPage(fleet.page).gate('needs-password')).toBeVisible()
})
