import { readFile, readdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from '../fixtures'
import { ServerForm } from '../pages/server-form'
import { Shell } from '../pages/shell'
import { profileWith, serverDraft, serverRecord } from '../workspaces'

const savedServers = async (profile: string): Promise<readonly Record<string, unknown>[]> =>
  (JSON.parse(await readFile(join(profile, 'workspace.json'), 'utf8')) as { servers: Record<string, unknown>[] })
    .servers

test('a server is added with everything that belongs to it, edited, and kept over a restart', async ({ fleet }) => {
  let shell = new Shell(fleet)
  let form = new ServerForm(shell.page)
  await shell.add(/Add a server/)
  await form.save({
    name: 'Acme <b>main</b>',
    address: 'localhost',
    secondAddress: '[::1]:8887',
    folder: 'North',
    tags: 'gold, sbc , gold',
    username: 'admin',
    notes: 'Ring before 9',
    protection: 'Confirm by name',
    colour: 'teal',
    remember: false,
  })
  await expect(shell.server('Acme <b>main</b>')).toBeVisible()
  await expect(shell.folder('North')).toContainText('1')
  expect(await savedServers(fleet.profile)).toEqual([
    expect.objectContaining({
      name: 'Acme <b>main</b>',
      address: 'https://localhost:8887',
      secondAddress: 'https://[::1]:8887',
      folder: 'North',
      tags: ['gold', 'sbc'],
      colour: 'teal',
      protection: 'type-name',
      remember: false,
    }),
  ])

  await shell.choose('Acme', /^Edit/)
  await form.save({ name: 'Acme, Leeds', protection: 'Read-only' })
  await expect(shell.notice('Acme, Leeds saved')).toBeVisible()

  await fleet.restart()
  shell = new Shell(fleet)
  form = new ServerForm(shell.page)
  await shell.choose('Acme, Leeds', /^Edit/)
  await expect(form.field('Notes')).toHaveValue('Ring before 9')
  await expect(form.root.getByRole('radio', { name: 'Read-only' })).toBeChecked()
})

test('invalid values of a server are reported at their fields, and nothing is saved', async ({ fleet }) => {
  const shell = new Shell(fleet)
  const form = new ServerForm(shell.page)
  await shell.add(/Add a server/)
  await form.submit()
  await expect(form.field('Name')).toBeFocused()
  await expect(form.root.getByText('Enter a name')).toBeVisible()
  const refused: Readonly<Record<string, RegExp>> = {
    '': /Enter an address/,
    'http://pbx.example.com': /Plain HTTP sends the password unencrypted/,
    'ftp://pbx.example.com': /not supported/,
    'admin:secret@pbx.example.com': /Remove the username and password/,
    'pbx example': /Remove the space/,
    'pbx.example.com:99999': /Enter a port from 1 to 65535/,
  }
  await form.field('Name').fill('x')
  for (const [address, words] of Object.entries(refused)) {
    await form.field('Address').fill(address)
    await form.submit()
    await expect(form.root.getByRole('alert')).toHaveText(words)
  }
  expect(JSON.parse(await readFile(join(fleet.profile, 'workspace.json'), 'utf8'))).toMatchObject({ servers: [] })

  await shell.page.keyboard.press('Escape')
  await expect(shell.dialog.last()).toHaveAccessibleName('Discard changes?')
  await shell.dialog.last().getByRole('button', { name: 'Keep editing' }).click()
  await expect(form.field('Name')).toHaveValue('x')
})

const readAs: Readonly<Record<string, string>> = {
  'pbx.example.com': 'https://pbx.example.com:8887',
  'PBX.Example.com:9443': 'https://pbx.example.com:9443',
  'https://pbx.example.com:8887/portal/login': 'https://pbx.example.com:8887',
  '10.0.0.5': 'https://10.0.0.5:8887',
  '2001:db8::5': 'https://[2001:db8::5]:8887',
  '[2001:db8::5]:443': 'https://[2001:db8::5]:443',
  'http://127.0.0.1:8888': 'http://127.0.0.1:8888',
}

test('an address is shown as it is understood while it is typed', async ({ fleet }) => {
  const shell = new Shell(fleet)
  const form = new ServerForm(shell.page)
  await shell.add(/Add a server/)
  for (const [typed, understood] of Object.entries(readAs)) {
    await form.field('Address').fill(typed)
    await expect(form.root.getByText(`Connects to ${understood}`, { exact: true })).toBeVisible()
  }
})

test('servers are duplicated, moved, searched and deleted', async ({ launch }) => {
  const names = ['Alpha', 'Bravo', 'Charlie']
  const servers = names.map((name) => serverDraft({ name, tags: name === 'Bravo' ? ['gold'] : [] }))
  const fleet = await launch({ servers })
  const shell = new Shell(fleet)
  await expect.poll(() => shell.names()).toEqual(names)

  await shell.choose('Alpha', 'Duplicate')
  await new ServerForm(shell.page).save({ name: 'Alpha two' })
  await expect.poll(() => shell.names()).toEqual(['Alpha', 'Alpha two', 'Bravo', 'Charlie'])

  await shell.choose('Charlie', /^Move up/)
  await expect.poll(() => shell.names()).toEqual(['Alpha', 'Alpha two', 'Charlie', 'Bravo'])
  await shell.server('Alpha two').dragTo(shell.server('Bravo'))
  await expect.poll(() => shell.names()).not.toEqual(['Alpha', 'Alpha two', 'Charlie', 'Bravo'])

  await shell.choose('Alpha two', /^Move to folder/)
  await shell.dialog.getByLabel('Folder').fill('West')
  await shell.dialog.getByRole('button', { name: 'Move' }).click()
  await shell.folder('West').click()
  await expect(shell.server('Alpha two')).toBeHidden()

  for (const [typed, found] of [
    ['char', ['Charlie']],
    ['GOLD', ['Bravo']],
    ['127.0.0.1', 4],
  ] as const) {
    await shell.filter.fill(typed)
    if (typeof found === 'number') await expect.poll(async () => (await shell.names()).length).toBe(found)
    else await expect.poll(() => shell.names()).toEqual(found)
  }
  await shell.filter.fill('nothing like it')
  await expect(shell.page.getByText('No servers match “nothing like it”.')).toBeVisible()
  await shell.filter.fill('')

  await shell.choose('Bravo', /^Remove/)
  await expect(shell.dialog).toContainText('its password and session in the system keychain')
  await shell.dialog.getByRole('button', { name: 'Cancel' }).click()
  await expect(shell.server('Bravo')).toBeVisible()
  await shell.choose('Bravo', /^Remove/)
  await shell.dialog.getByRole('button', { name: 'Remove' }).click()
  await expect(shell.server('Bravo')).toBeHidden()
  expect((await savedServers(fleet.profile)).map(({ name }) => name)).not.toContain('Bravo')
})

test('a workspace is exported without secrets and imported into another', async ({ launch }) => {
  const alpha = serverDraft({ name: 'Alpha', username: 'admin', address: 'https://127.0.0.1:9' })
  const first = await launch({ servers: [alpha, serverDraft({ name: 'Bravo', username: 'other' })] })
  const file = join(first.profile, 'shared.json')
  await first.answerDialogs([null, file])
  const shell = new Shell(first)
  await shell.add(/Export the workspace/)
  await shell.add(/Export the workspace/)
  await expect(shell.notice('Workspace exported to shared.json')).toBeVisible()
  expect(await readFile(file, 'utf8')).not.toMatch(/password"|token|secret/i)

  const second = await launch({ servers: [alpha] })
  await second.answerDialogs([file])
  const other = new Shell(second)
  await other.add(/Import a workspace/)
  await expect(other.notice('1 server added')).toContainText('Already in the workspace, not changed: Alpha')
  await expect.poll(() => other.names()).toEqual(['Alpha', 'Bravo'])
})

test('a file that is no workspace is refused by name', async ({ fleet }) => {
  const file = join(fleet.profile, 'wrong.json')
  await writeFile(file, '{"version":1,"servers":[{"name":7}]}')
  await fleet.answerDialogs([file])
  const shell = new Shell(fleet)
  await shell.add(/Import a workspace/)
  await expect(shell.notice('The workspace was not imported')).toBeVisible()
})

test('a damaged workspace is kept aside, named, and the last good one is offered', async ({ launch }) => {
  const profile = await profileWith([serverRecord({ name: 'Alpha' })])
  const fleet = await launch({ profile })
  await new Shell(fleet).choose('Alpha', 'Duplicate')
  await new ServerForm(fleet.page).save({ name: 'Bravo' })
  await fleet.stop()
  await writeFile(join(profile, 'workspace.json'), '{"version":1,"servers":[{"na')
  await fleet.start()
  const shell = new Shell(fleet)
  const banner = shell.page.getByRole('alert').filter({ hasText: 'The damaged file was saved as' })
  await expect(banner).toBeVisible()
  const aside = (await readdir(profile)).find((name) => /^workspace.*(damaged|broken|bad)/.test(name))
  expect(aside).toBeDefined()
  await expect(banner).toContainText(aside ?? '')
  expect(await readFile(join(profile, aside ?? ''), 'utf8')).toBe('{"version":1,"servers":[{"na')
  await banner.getByRole('button', { name: /Restore backup/ }).click()
  await expect.poll(() => shell.names()).toContain('Alpha')
  await expect(banner).toBeHidden()
})

test('a workspace of a newer version is not touched', async ({ launch }) => {
  const profile = await profileWith([])
  const newer = JSON.stringify({ version: 99, servers: [], more: 'of a later time' })
  await writeFile(join(profile, 'workspace.json'), newer)
  const fleet = await launch({ profile })
  const shell = new Shell(fleet)
  await expect(shell.page.getByRole('alert')).toContainText('The file was not changed')
  await shell.add(/Add a server/)
  const form = new ServerForm(shell.page)
  await form.fill({ name: 'Alpha', address: 'localhost' })
  await form.submit()
  await expect(form.root.getByRole('alert')).toBeVisible()
  expect(await readFile(join(profile, 'workspace.json'), 'utf8')).toBe(newer)
})

test('a second start brings the first window to the front and ends', async ({ fleet }) => {
  await fleet.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.minimize())
  const code = await fleet.startAgain()
  expect(code).toBe(0)
  await expect
    .poll(() =>
      fleet.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().map((one) => one.isMinimized())),
    )
    .toEqual([false])
})

test('a thousand servers are a few dozen rows in the window', async ({ launch }) => {
  const servers = Array.from({ length: 1000 }, (_, at) =>
    serverRecord({ name: `Server ${String(at).padStart(4, '0')}`, folder: `Folder ${at % 10}` }),
  )
  const fleet = await launch({ profile: await profileWith(servers) })
  const shell = new Shell(fleet)
  const rows = (): Promise<number> => shell.tree.getByRole('treeitem').count()
  await expect(shell.server('Server 0000')).toBeVisible()
  expect(await rows()).toBeLessThan(60)
  await shell.tree.focus()
  await shell.page.keyboard.press('End')
  await expect(shell.server('Server 0999')).toBeVisible()
  expect(await rows()).toBeLessThan(60)
  await shell.filter.fill('server 0500')
  await expect.poll(() => shell.names()).toEqual(['Server 0500'])
})
