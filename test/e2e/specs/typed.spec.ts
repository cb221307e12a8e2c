import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Locator, Page } from 'playwright'
import { makePem } from '@test/fakes/pem'
import { expect, test } from '../fixtures'
import { IpRulesPage } from '../pages/ip-rules'
import { Palette } from '../pages/search'
import { Shell } from '../pages/shell'
import { RecordPage } from '../pages/records'
import { SessionPage } from '../pages/session'
import { launchSignedIn, launchWith, open } from '../servers'

const png = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
)
let folder: string
let files: readonly string[]
test.beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'fleet-pem-'))
  const pem = await makePem(['pbx.example.com'])
  files = ['leaf.pem', 'server.key'].map((name) => join(folder, name))
  await writeFile(files[0] ?? '', pem.cert)
  await writeFile(files[1] ?? '', pem.key)
})
test.afterAll(() => rm(folder, { recursive: true, force: true }))

const questionOf = (page: Page): Locator => page.getByRole('dialog', { name: 'Discard changes?' })

/** Each way asks and names what is typed; after Keep editing it is still there. */
async function expectAsked(
  page: Page,
  typed: { readonly input: Locator; readonly value: string; readonly label: string },
  ways: readonly (() => Promise<unknown>)[],
): Promise<void> {
  const question = questionOf(page)
  for (const way of ways) {
    await way()
    await expect(question).toContainText(`lost: ${typed.label}`)
    await question.getByRole('button', { name: 'Keep editing' }).click()
    await expect(question).toBeHidden()
    await expect(typed.input).toHaveValue(typed.value)
  }
}

/** The ways to close a dialog, and to leave its page or the app while it is open. */
function waysOut(page: Page, dialog: Locator, buttons: readonly string[]): readonly (() => Promise<unknown>)[] {
  return [
    () => page.keyboard.press('Escape'),
    ...buttons.map((name) => () => dialog.getByRole('button', { name, exact: true }).last().click()),
    () => page.evaluate(() => history.back()),
    () => page.evaluate(() => window.close()),
  ]
}

async function discard(page: Page, dialog: Locator): Promise<void> {
  await page.keyboard.press('Escape')
  await questionOf(page).getByRole('button', { name: 'Discard changes' }).click()
  await expect(dialog).toBeHidden()
}

test('a typed note, email or license key is not lost without a question when its dialog is closed', async ({
  launch,
  startPbx,
}) => {
  const pbx = await startPbx({ rules: 3 })
  const { page } = await launchSignedIn(launch, pbx, { protection: 'ask' })
  const dialog = page.getByRole('dialog').first()
  const note = dialog.getByLabel('Ticket or note')

  await new RecordPage(page, 'sbc', 'SBC & IM').open()
  await page.locator('[data-token=sbc]').getByRole('button', { name: 'Regenerate…' }).click()
  await note.fill('CHG-17')
  await expectAsked(
    page,
    { input: note, value: 'CHG-17', label: 'Ticket or note' },
    waysOut(page, dialog, ['Close', 'Cancel']),
  )
  await discard(page, dialog)

  await new RecordPage(page, 'license', 'License').open()
  await page.getByRole('button', { name: 'Activate license key…' }).click()
  const key = dialog.getByLabel('License key', { exact: true })
  await key.fill('ABCD-1234')
  await expectAsked(
    page,
    { input: key, value: 'ABCD-1234', label: 'License key' },
    waysOut(page, dialog, ['Close', 'Cancel']),
  )
  await discard(page, dialog)

  await new RecordPage(page, 'notification', 'Notifications').open()
  await page.getByRole('button', { name: 'Send test email…' }).click()
  const subject = dialog.locator('[data-field=subject] input')
  await subject.fill('Is this on?')
  await expectAsked(page, { input: subject, value: 'Is this on?', label: 'Subject' }, waysOut(page, dialog, ['Close']))
  await discard(page, dialog)

  const rules = new IpRulesPage(page)
  await rules.open()
  await rules.rows.first().getByRole('gridcell').first().click()
  await page.keyboard.press('Delete')
  await note.fill('CHG-18')
  await expectAsked(page, { input: note, value: 'CHG-18', label: 'Ticket or note' }, waysOut(page, dialog, ['Cancel']))
  await discard(page, dialog)
})

test('a typed password, name or value of many records is not lost without a question', async ({ launch, startPbx }) => {
  const fleet = await launchSignedIn(launch, await startPbx({ rules: 3 }), { folder: 'North' })
  const { page } = fleet
  const dialog = page.getByRole('dialog').first()
  const dealers = new RecordPage(page, 'dealers', 'Dealers')
  await dealers.open()
  await dealers.rows.first().click({ button: 'right' })
  await page.getByRole('menuitem', { name: /Reset password/ }).click()
  const password = dialog.getByLabel('New password', { exact: true })
  await password.fill('Xy-17-quiet')
  const secret = { input: password, value: 'Xy-17-quiet', label: 'New password' }
  await expectAsked(page, secret, waysOut(page, dialog, ['Cancel']))
  await discard(page, dialog)

  const rules = new IpRulesPage(page)
  await rules.open()
  await rules.rows.first().getByRole('checkbox').check()
  await rules.root.getByRole('button', { name: 'Change…' }).click()
  await dialog.getByRole('checkbox', { name: 'Description' }).check()
  const description = dialog.locator('[data-field=description] input')
  await description.fill('Scanner')
  const value = { input: description, value: 'Scanner', label: 'Description' }
  await expectAsked(page, value, waysOut(page, dialog, ['Close', 'Cancel']))
  await discard(page, dialog)

  // Dialogs of the workspace stay open when the page is left.
  await new Shell(fleet).choose('Acme', 'Move to folder…')
  const name = dialog.getByLabel('Folder')
  await name.fill('South')
  const ways = [
    () => page.keyboard.press('Escape'),
    () => dialog.getByRole('button', { name: 'Cancel' }).click(),
    () => page.evaluate(() => window.close()),
  ]
  await expectAsked(page, { input: name, value: 'South', label: 'Folder' }, ways)
  await discard(page, dialog)
})

test('nothing is asked where nothing was typed, or after it was sent', async ({ launch, startPbx }) => {
  const { page } = await launchSignedIn(launch, await startPbx())
  const dialog = page.getByRole('dialog').first()
  await new RecordPage(page, 'notification', 'Notifications').open()
  await page.getByRole('button', { name: 'Send test email…' }).click()
  await page.keyboard.press('Escape')
  await expect(dialog).toBeHidden()
  await page.getByRole('button', { name: 'Send test email…' }).click()
  await dialog.locator('[data-field=recipient] input').fill('ops@example.com')
  await dialog.getByRole('button', { name: 'Send test email', exact: true }).click()
  await expect(dialog.locator('[data-view=sent]')).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(dialog).toBeHidden()
})

test('the files of a new certificate are not lost without a question by a link, a sign-out or the end of the app', async ({
  launch,
  startPbx,
}) => {
  const fleet = await launchSignedIn(launch, await startPbx(), { protection: 'ask' })
  const { page } = fleet
  const certificate = new RecordPage(page, 'certificate', 'Certificate')
  await certificate.open()
  await fleet.answerDialogs([[...files]])
  await certificate.root.getByRole('button', { name: 'Choose files…' }).click()
  const found = certificate.root.getByTestId('candidate')
  await expect(found).toBeVisible()
  const question = questionOf(page)
  const palette = new Palette(fleet)
  const ways = [
    () => page.getByRole('link', { name: 'Overview' }).click(),
    () => new SessionPage(page).signOut(),
    async () => {
      await palette.find('Sign out')
      await palette.options.filter({ hasText: 'Sign out' }).first().click()
    },
    () => page.evaluate(() => window.close()),
  ]
  for (const way of ways) {
    await way()
    await expect(question).toContainText('lost: Certificate files.')
    await question.getByRole('button', { name: 'Keep editing' }).click()
    await expect(question).toBeHidden()
    await expect(found).toBeVisible()
  }
  // Back from the review keeps the note, and leaving the page then asks about it.
  await certificate.root.getByRole('button', { name: 'Review' }).click()
  await certificate.panel.getByLabel('Ticket or note').fill('CHG-19')
  await page.keyboard.press('Escape')
  await page.getByRole('link', { name: 'Overview' }).click()
  await expect(question).toContainText('lost: Certificate files, Ticket or note.')
  await question.getByRole('button', { name: 'Discard changes' }).click()
  await expect(page.locator('[data-page=overview]')).toBeVisible()
})

test('a typed sign-in is not lost without a question by another page or the end of the app', async ({
  launch,
  startPbx,
}) => {
  const fleet = await launchWith(launch, await startPbx())
  const { page } = fleet
  const session = new SessionPage(page)
  await open(fleet)
  await session.trust()
  const password = session.gate('needs-password').getByLabel('Password', { exact: true })
  await password.fill('half of it')
  const shell = new Shell(fleet)
  await expectAsked(page, { input: password, value: 'half of it', label: 'Password' }, [
    () => shell.goTo('Settings'),
    () => page.evaluate(() => window.close()),
  ])
})

test('typed addresses to block stay as a draft, also after a restart, and the form says so; given ones do not', async ({
  launch,
  startPbx,
}) => {
  const fleet = await launchSignedIn(launch, await startPbx())
  const form = () => fleet.page.locator('[data-form=rule-rollout]')
  async function openForm(query = 'Block or allow'): Promise<void> {
    const palette = new Palette(fleet)
    await palette.find(query)
    await palette.options.filter({ hasText: 'Block or allow' }).first().click()
    await expect(form()).toBeVisible()
  }
  const addresses = () => form().getByLabel(/IP addresses or ranges/)
  await openForm('198.51.100.7')
  await expect(addresses()).toHaveValue('198.51.100.7')
  await fleet.page.keyboard.press('Escape')
  await expect(form()).toBeHidden()
  await openForm()
  await expect(addresses()).toHaveValue('')
  await fleet.page.keyboard.press('Escape')
  await openForm('198.51.100.7')
  const note = () => form().getByLabel('Ticket or note')
  await note().fill('INC-4711')
  await fleet.page.keyboard.press('Escape')
  await openForm('198.51.100.7')
  await expect(note()).toHaveValue('INC-4711')
  await note().fill('')
  await fleet.page.keyboard.press('Escape')
  await openForm()
  await addresses().fill('203.0.113.9')
  await expect(form().getByText('Your unsaved draft was restored.')).toHaveCount(0)
  await fleet.page.keyboard.press('Escape')
  await expect(form()).toBeHidden()
  await fleet.restart()
  await openForm()
  await expect(addresses()).toHaveValue('203.0.113.9')
  await expect(form().getByText('Your unsaved draft was restored.')).toBeVisible()
})

test('a note of the journal is not lost by Escape without a question', async ({ launch, startPbx }) => {
  const { page } = await launchSignedIn(launch, await startPbx({ rules: 3 }))
  const rules = new IpRulesPage(page)
  await rules.open()
  await rules.edit()
  await rules.fill({ range: '45.10.20.7', description: 'Scanner' })
  await rules.review()
  await page.getByRole('button', { name: 'Create rule' }).click()
  await page.locator('[data-view=outcome]').waitFor()
  await page.keyboard.press('Escape')
  await page.getByRole('link', { name: 'Journal' }).first().click()
  await page.locator('[data-page=journal] [role=row][data-index]').first().dblclick()
  const panel = page.getByRole('dialog').first()
  await panel.getByRole('button', { name: 'Add note' }).click()
  const note = panel.getByLabel('Note', { exact: true })
  await note.fill('Asked for by Nord')
  await page.keyboard.press('Escape')
  const question = questionOf(page)
  await question.getByRole('button', { name: 'Keep editing' }).click()
  await expect(note).toHaveValue('Asked for by Nord')
  await panel.getByRole('button', { name: 'Close', exact: true }).first().click()
  await expect(question).toContainText('lost: Note.')
  await question.getByRole('button', { name: 'Discard changes' }).click()
  await expect(panel).toBeHidden()
})

test('a restored draft of a rebranding says so, and names the picture to select again', async ({
  launch,
  startPbx,
}) => {
  const fleet = await launchSignedIn(launch, await startPbx())
  const { page } = fleet
  const brand = new RecordPage(page, 'brand', 'Rebranding')
  await brand.open()
  const picture = join(folder, 'logo.png')
  await writeFile(picture, png)
  await fleet.answerDialogs([picture])
  await page.getByRole('group', { name: 'Logo' }).getByRole('button', { name: 'Choose image…' }).click()
  await expect(page.getByRole('group', { name: 'Logo' })).toContainText('image/png')
  await brand.input('title').fill('Nord Voice')
  await page.getByRole('link', { name: 'Overview' }).click()
  const question = questionOf(page)
  await expect(question).toContainText('lost: Logo. Your other changes stay as a draft.')
  await question.getByRole('button', { name: 'Discard changes' }).click()
  await brand.open()
  await expect(brand.input('title')).toHaveValue('Nord Voice')
  await expect(brand.root.getByText('Your unsaved draft was restored.')).toContainText('Enter again: Logo.')
})
