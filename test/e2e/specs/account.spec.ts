import { expect, test } from '../fixtures'
import { AccountPage } from '../pages/account'
import { RecordPage } from '../pages/records'
import { Palette } from '../pages/search'
import { SessionPage } from '../pages/session'
import { Shell } from '../pages/shell'
import { plantedPassword } from '../secrets'
import { credentialsSent, launchAs, launchSignedIn, launchWith, open } from '../servers'

const newPassword = 'Other-Word-58'

for (const [version, role, otp] of [
  ['22.6', 'SystemAdmin', true],
  ['22.2', 'SystemAdmin', false],
  ['22.2', 'Dealer', false],
] as const)
  test(`${role} on ${version}, a code ${String(otp)}: a required new password is asked for right after the sign-in, and the session continues`, async ({
    launch,
    startPbx,
  }) => {
    const pbx = await startPbx({ version, otp, passwordForceReset: true })
    const { username = '' } = pbx.accounts.find((each) => each.role === role) ?? {}
    const fleet = await launchWith(launch, pbx, { protection: 'type-name', username })
    const session = new SessionPage(fleet.page)
    const account = new AccountPage(fleet.page)
    await open(fleet)
    await session.trust()
    await session.signIn(plantedPassword, { username })
    if (otp) {
      // The code is sent before it is asked for.
      await expect(session.gate('needs-otp')).toBeVisible()
      await session.gate('needs-otp').getByRole('textbox', { name: 'Code' }).fill(pbx.otpCode())
      await session.gate('needs-otp').getByRole('button', { name: 'Sign in' }).click()
    }
    const panel = session.gate('new-password')
    await expect(panel).toContainText('Acme requires a new password for this account.')
    await expect(session.overview).toBeHidden()

    await account.password.getByLabel('New password', { exact: true }).fill('Word-222-x')
    // The policy and the version are not read before the password is changed, so the default policy only advises.
    await expect(account.password).toContainText(
      'The default policy: Must not contain a character three times in a row, such as 222. The PBX decides.',
    )
    await account.fillPasswords('wrong', newPassword)
    await expect(account.password.getByRole('button', { name: 'Change password' })).toBeDisabled()
    await account.confirm(account.password, 'Acme')
    await account.password.getByRole('button', { name: 'Change password' }).click()
    await expect(account.password).toContainText('The password is wrong')
    await account.password.getByLabel('Current password').fill(plantedPassword)
    await account.confirm(account.password, 'Acme')
    await account.password.getByRole('button', { name: 'Change password' }).click()
    await expect(new Shell(fleet).notice(`Password of ${username} changed`)).toBeVisible()
    await expect(panel).toBeHidden()
    await expect(session.overview).toBeVisible()
    await expect(session.header).toContainText(new RegExp(`${role}.*Version ${version}`))

    // From now on, the password in the keychain is used to sign in.
    await session.signOut()
    await session.header.getByRole('button', { name: 'Sign in' }).click()
    await expect(otp ? session.gate('needs-otp') : session.overview).toBeVisible()
  })

test('an administrator on 22.6 changes the name, and signs in with it after a restart', async ({
  launch,
  startPbx,
}) => {
  const pbx = await startPbx({ version: '22.6' })
  const fleet = await launchSignedIn(launch, pbx, { protection: 'type-name' })
  const account = new AccountPage(fleet.page)
  await account.open()
  await account.name.getByLabel('New username').fill('root')
  await expect(account.name.getByRole('alert')).toHaveText('root is reserved')
  await account.name.getByLabel('New username').fill('north.wind')
  await account.confirm(account.name, 'Acme')
  await account.name.getByRole('button', { name: 'Change username' }).click()
  await expect(new SessionPage(fleet.page).header).toContainText('north.wind')
  expect(pbx.requests.map(({ path }) => path)).toContain('/admin/user/username')

  await fleet.restart()
  await open(fleet)
  const again = new SessionPage(fleet.page)
  await expect(again.overview).toBeVisible()
  await again.signOut()
  await again.header.getByRole('button', { name: 'Sign in' }).click()
  await expect(again.overview).toBeVisible()
  await expect(again.header).toContainText('north.wind')
})

test('an administrator changes the username with the operation used before 22.3', async ({ launch, startPbx }) => {
  const pbx = await startPbx()
  const fleet = await launchSignedIn(launch, pbx)
  const account = new AccountPage(fleet.page)
  await account.open()
  await account.name.getByLabel('New username').fill('north.wind')
  await account.name.getByRole('button', { name: 'Change username' }).click()
  await expect(new SessionPage(fleet.page).header).toContainText('north.wind')
  expect(pbx.requests.map(({ path }) => path)).toContain('/admin/username')
})

test('a new password whose response is lost is not guessed: the user tries one of the two, once', async ({
  launch,
  startPbx,
}) => {
  const pbx = await startPbx()
  const fleet = await launchSignedIn(launch, pbx)
  const session = new SessionPage(fleet.page)
  const account = new AccountPage(fleet.page)
  await account.open()
  await account.fillPasswords(plantedPassword, newPassword)
  await pbx.setFaults({ dropAfterReceive: true, onlyPath: 'POST /admin/password', times: 1 })
  await account.password.getByRole('button', { name: 'Change password' }).click()
  await expect(account.doubt).toContainText('Either the old or the new password is valid.')
  expect(credentialsSent(pbx)).toHaveLength(1)

  // What is being sent is not asked about.
  await expect(account.password.getByRole('button', { name: 'Change password' })).toBeEnabled()
  await session.signOut()
  const question = fleet.page.getByRole('dialog', { name: 'Discard changes?' })
  await question.getByRole('button', { name: 'Discard changes' }).click()
  await session.header.getByRole('button', { name: 'Sign in' }).click()
  await expect(session.gate('needs-password').getByText('Nothing is tried automatically.')).toBeVisible()
  expect(credentialsSent(pbx)).toHaveLength(1)
  await account.doubt.getByRole('button', { name: 'Try the old password once' }).click()
  await expect(account.doubt.getByRole('button', { name: 'The old password was refused' })).toBeDisabled()
  await account.doubt.getByRole('button', { name: 'Try the new password once' }).click()
  await expect(session.overview.or(account.root)).toBeVisible()
  await expect(account.doubt).toBeHidden()
  expect(credentialsSent(pbx)).toHaveLength(3)
})

test('a dealer changes its own record, name and password', async ({ launch, startPbx }) => {
  const pbx = await startPbx()
  const fleet = await launchAs(launch, pbx, 'Dealer')
  const own = new RecordPage(fleet.page, 'dealer', 'Account')
  const account = new AccountPage(fleet.page)
  await own.open()
  await expect(own.root.locator('[data-fact=level]')).toContainText('Distributor')
  await own.input('phone').fill('+1 555 0100')
  await own.review()
  await own.save()
  await own.closePanel()
  expect(pbx.requests.filter(({ method, path }) => method === 'POST' && path === '/dealer').at(-1)?.body).toEqual({
    phone: '+1 555 0100',
  })

  await account.name.getByLabel('New username').fill('west.wind')
  await account.name.getByRole('button', { name: 'Change username' }).click()
  await expect(own.root.locator('[data-fact=name]')).toContainText('west.wind')
  await account.fillPasswords(plantedPassword, 'my-west.wind-9')
  await expect(account.password.getByRole('alert')).toHaveText('Must not contain account details such as the username')
  await account.fillPasswords(plantedPassword, newPassword)
  await account.password.getByRole('button', { name: 'Change password' }).click()
  await expect(account.password).toContainText('Password changed.')
  expect(pbx.accounts.find(({ role }) => role === 'Dealer')).toMatchObject({
    username: 'west.wind',
    password: newPassword,
  })
})

test('a typed password is not lost by a sign-out, or by another address, without a question', async ({
  launch,
  startPbx,
}) => {
  const pbx = await startPbx()
  const fleet = await launchSignedIn(launch, pbx, { secondAddress: 'https://127.0.0.1:9' })
  const { page } = fleet
  const session = new SessionPage(page)
  const account = new AccountPage(page)
  const palette = new Palette(fleet)
  const question = page.getByRole('dialog', { name: 'Discard changes?' })
  await account.open()
  await account.fillPasswords(plantedPassword, newPassword)
  const address = session.header.getByRole('combobox', { name: 'Address in use' })
  const ways = [
    () => session.signOut(),
    () => new Shell(fleet).choose('Acme', 'Sign out'),
    async () => {
      await palette.find('Sign out')
      await palette.options.filter({ hasText: 'Sign out' }).first().click()
    },
    () => address.selectOption('second'),
  ]
  for (const way of ways) {
    await way()
    await expect(question).toContainText('Not kept in a draft and lost: Current password, New password')
    await question.getByRole('button', { name: 'Keep editing' }).click()
    await expect(question).toBeHidden()
    await expect(account.password.getByLabel('New password', { exact: true })).toHaveValue(newPassword)
  }
  await expect(address).toHaveValue('first')

  await session.signOut()
  await question.getByRole('button', { name: 'Discard changes' }).click()
  await expect(session.gate('signed-out')).toBeVisible()
})
