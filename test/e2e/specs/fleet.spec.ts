import { expect, test } from '../fleet'
import { SessionPage } from '../pages/session'
import { Shell } from '../pages/shell'

test('the app starts with 40 servers in their folders and signs in to one with its stored password', async ({
  launchFleet,
}) => {
  const { fleet, servers, first } = await launchFleet()
  const shell = new Shell(fleet)
  const folders = [...new Set(servers.map(({ folder }) => folder))]
  expect([servers.length, folders.length]).toEqual([40, 5])
  for (const folder of folders) {
    await shell.filter.fill(folder)
    await expect(shell.folder(folder)).toContainText('8')
    const expected = servers.filter((server) => server.folder === folder).map(({ name }) => name)
    await expect.poll(() => shell.names()).toEqual(expected)
  }
  const { name } = first('fine')
  await shell.filter.fill(name)
  await shell.server(name).click()
  await expect(new SessionPage(fleet.page).overview).toBeVisible()
})
