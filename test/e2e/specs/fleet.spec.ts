import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { FleetKind } from '@demo/fleet/kinds'
import { expect, test } from '../fleet'
import { resize, windowSizes } from '../layout'
import { Board } from '../pages/board'
import { SessionPage } from '../pages/session'
import { Shell } from '../pages/shell'
import { plantedPassword } from '../secrets'

/** The first row of each kind of server, by what a technician wants to know of it. */
const morningRound: readonly (readonly [FleetKind, Parameters<Board['cell']>[1], string | RegExp])[] = [
  ['refuses-connections', 'state', /^Unreachable since .*: Connection refused$/],
  ['black-hole', 'state', /^Unreachable since /],
  ['bad-gateway', 'state', /^Unreachable since /],
  ['blocked', 'state', /^Blocked/],
  ['certificate-changed', 'state', 'Certificate changed'],
  ['untrusted', 'state', 'Certificate not trusted'],
  ['otp', 'state', 'Verification code required'],
  ['wrong-password', 'state', 'Password required'],
  ['no-password', 'state', 'Password required'],
  // They have responded, but nothing was read.
  ['untrusted', 'updated', 'Not read'],
  ['wrong-password', 'updated', 'Not read'],
  ['users-near-limit', 'users', '194 of 200 (warning)'],
  ['calls-at-limit', 'calls', '64 of 64 (critical)'],
  ['maintenance-ended', 'maintenance', /^1[12] d ago \(critical\)$/],
  ['maintenance-ends', 'maintenance', /^in (19|20) d \(warning\)$/],
  ['certificate-ends-in-8-days', 'certificate', /^in [78] d \(critical\)$/],
  ['certificate-ends-in-25-days', 'certificate', /^in 2[45] d \(warning\)$/],
  ['certificate-ends-in-50-days', 'certificate', /\d{4} \(notice\)$/],
  ['allow-rules-expire', 'rules', /^[1-9]\d* \(warning\)$/],
  ['slow', 'state', 'Signed in'],
  ['slow', 'updated', 'just now'],
]

test('one click after the start answers the morning round over 40 servers, and a restart still knows it', async ({
  launchFleet,
}) => {
  const { fleet, servers, first } = await launchFleet()
  const board = new Board(fleet)
  // Of three, the certificate that was trusted earlier is known to end soon.
  await expect(board.state('unknown')).toHaveText('Not checked 37')
  await expect(board.state('alert')).toHaveText('Alerts 3 (3 earlier)')
  // The pointer rests on the table since the start, and the order must not be that of the start.
  await board.button('Sign in to all').press('Enter')
  for (const [kind, column, text] of morningRound)
    await expect(board.cell(first(kind).name, column), `${kind}: ${column}`).toHaveText(text)
  await expect(board.attention).toContainText('(5)')
  await expect(board.state('problem')).toHaveText('Problems 5')
  await expect(board.state('action')).toHaveText('Action required 4')
  await expect(board.state('alert')).toHaveText('Alerts 8')
  await expect(board.state('fine')).toHaveText('No alerts 23')
  await expect(board.state('unknown')).toBeHidden()
  // In the sidebar, a notice takes no more room than a warning.
  const markOf = (kind: FleetKind, level: RegExp) =>
    new Shell(fleet).server(first(kind).name).getByRole('img', { name: level }).boundingBox()
  const notice = await markOf('certificate-ends-in-50-days', /^Notice: /)
  expect(notice?.width).toBe((await markOf('allow-rules-expire', /^Warning: /))?.width)
  await expect
    .poll(async () => (await board.names()).slice(0, 5))
    .toEqual(
      servers
        .filter(({ kind }) =>
          ['refuses-connections', 'black-hole', 'bad-gateway', 'blocked', 'certificate-changed'].includes(kind),
        )
        .map(({ name }) => name)
        .sort(new Intl.Collator('en').compare),
    )
  // In a usual window, the states can be read without a tooltip, and no column is out of sight.
  await resize(board.page, windowSizes[0])
  for (const column of ['state', 'users', 'calls', 'maintenance', 'certificate', 'rules', 'updated'] as const)
    await expect.poll(() => board.cut(column), column).toEqual([])
  expect(await board.cutDetails('state')).not.toContainEqual(expect.stringContaining('Connection refused'))
  expect(await board.grid.evaluate(({ scrollWidth, clientWidth }) => scrollWidth - clientWidth)).toBe(0)

  await fleet.restart()
  const stored = new Board(fleet)
  await expect(stored.state('unknown')).toBeVisible()
  await expect(stored.state('fine')).toBeHidden()
  const known = first('users-near-limit').name
  await expect(stored.cell(known, 'state')).toHaveText('Not checked Users: 194 of 200')
  await expect(stored.cell(known, 'users')).toHaveText('194 of 200 (warning)')
  await expect(stored.cell(known, 'users')).toHaveAttribute('title', /^Read .*\d/)
  await stored.filter.fill(first('black-hole').name)
  await expect(stored.cell(first('black-hole').name, 'users')).toHaveText('–')
})

test('what waits for a person is worked through with the keyboard, one after the other', async ({ launchFleet }) => {
  const { fleet, first } = await launchFleet()
  const { page } = fleet
  const board = new Board(fleet)
  await board.signInToAll()
  await expect(board.attention).toContainText('(5)')
  await expect(board.root.getByRole('status').filter({ hasText: 'Signing in' })).toBeHidden()
  // A password manager has found the password: it is typed once for both.
  const [wrong, none] = [first('wrong-password'), first('no-password')]
  await board.attention.click()
  const panel = page.getByRole('dialog', { name: /Needs attention/ })
  await expect(panel.getByRole('listitem')).toHaveCount(5)
  // Enter alone does not send the refused password again, and says what is missing.
  await panel.getByRole('button', { name: wrong.name }).click()
  const requests = wrong.pbx?.requests.length
  await expect(panel.getByText('The PBX refused the saved password. Enter another one.')).toBeVisible()
  await expect(panel.getByLabel('Password', { exact: true })).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(panel.getByText('Enter the password', { exact: true })).toBeVisible()
  expect(wrong.pbx?.requests.length).toBe(requests)

  // Neither Escape nor another server loses what is typed.
  await page.keyboard.type('half')
  await page.keyboard.press('Escape')
  const question = page.getByRole('dialog', { name: 'Discard changes?' })
  await expect(question).toContainText('lost: Password')
  await question.getByRole('button', { name: 'Keep editing' }).click()
  await panel.getByRole('button', { name: none.name }).click()
  await expect(question).toContainText('lost: Password')
  await question.getByRole('button', { name: 'Keep editing' }).click()
  await expect(panel.getByLabel('Password', { exact: true })).toHaveValue('half')
  await panel.getByLabel('Password', { exact: true }).fill('')

  await panel.getByRole('button', { name: none.name }).click()
  await expect(panel.getByLabel('Password', { exact: true })).toBeFocused()
  await page.keyboard.type(plantedPassword)
  await panel.getByRole('checkbox', { name: /Use this password for 1 other server/ }).check()
  await panel.getByLabel('Password', { exact: true }).press('Enter')
  await expect(panel.getByRole('button', { name: none.name })).toContainText('Signed in')
  await expect(panel.getByRole('button', { name: wrong.name })).toContainText('Signed in')

  const otp = first('otp')
  await panel.getByRole('button', { name: otp.name }).click()
  await panel.getByRole('textbox', { name: 'Verification code' }).fill(otp.pbx?.otpCode() ?? '')
  await page.keyboard.press('Enter')
  await expect(panel.getByRole('button', { name: otp.name })).toContainText('Signed in')
  await expect(panel).toContainText('certificate')
  await expect(panel.getByRole('listitem').filter({ hasText: 'Certificate' })).toHaveCount(2)
  await page.keyboard.press('Escape')
  await expect(panel).toBeHidden()
  await expect(board.attention).toContainText('(2)')
})

test('the board is filtered, keeps views, is exported, and pauses a server and a folder', async ({ launchFleet }) => {
  const { fleet, servers, first } = await launchFleet()
  const { page } = fleet
  const board = new Board(fleet)
  const shell = new Shell(fleet)
  await board.filter.fill('folder:Nordics tag:gold')
  const expected = servers.filter(({ folder, tags }) => folder === 'Nordics' && tags.includes('gold'))
  await expect(board.rows).toHaveCount(expected.length)
  await board.filter.fill('city:Oslo')
  await expect(page.getByText('There is no filter “city:”')).toBeVisible()

  await board.filter.fill('tag:gold')
  await board.root.getByRole('button', { name: 'Views' }).click()
  await page.getByRole('menuitem', { name: 'Save this view…' }).click()
  await page.getByRole('dialog').getByLabel('Name').fill('Gold customers')
  await page.keyboard.press('Enter')
  await expect(board.root.getByRole('button', { name: 'Gold customers' })).toBeVisible()
  await board.filter.fill('')
  await board.root.getByRole('button', { name: 'Worst first' }).click()
  await page.getByRole('menuitem', { name: /^Gold customers/ }).click()
  const gold = servers.filter(({ tags }) => tags.includes('gold'))
  await expect(board.rows).toHaveCount(gold.length)

  const file = join(fleet.profile, 'fleet.csv')
  await fleet.answerDialogs([file])
  await board.root.getByRole('button', { name: 'Export…' }).click()
  await expect(shell.notice('Fleet exported')).toBeVisible()
  const lines = (await readFile(file, 'utf8')).trim().split('\r\n')
  expect(lines[0]).toContain('Server,Folder,Tags,Address,State,Reason')
  expect(lines).toHaveLength(gold.length + 1)

  await board.filter.fill('')
  const { name } = first('fine')
  await shell.choose(name, 'Pause')
  await board.filter.fill('state:paused')
  await expect(board.cell(name, 'state')).toHaveText('Paused')
  await shell.folder('Iberia').click({ button: 'right' })
  await page.getByRole('menuitem', { name: 'Rename…' }).click()
  await page.getByRole('dialog').getByLabel('Folder').fill('Spain and Portugal')
  await page.keyboard.press('Enter')
  await expect(shell.dialog).toBeHidden()
  await shell.filter.fill('Spain')
  await expect(shell.folder('Spain and Portugal')).toContainText('8')
  await shell.folder('Spain and Portugal').click({ button: 'right' })
  await page.getByRole('menuitem', { name: 'Pause' }).click()
  await expect(board.rows).toHaveCount(9)
  await board.filter.fill('')
  await board.signInToAll()
  await expect(board.attention).toBeVisible()
  await expect(board.root.getByRole('status').filter({ hasText: 'Signing in' })).toBeHidden()
  const paused = servers.filter(({ folder }) => folder === 'Iberia')
  expect(paused.flatMap(({ pbx }) => pbx?.requests ?? [])).toEqual([])
  await expect(new SessionPage(page).overview).toBeHidden()
})
