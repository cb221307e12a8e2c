import { emptyServerDraft, type ServerDraft } from '@shared/domain/server'
import { expect, test } from '../fixtures'
import type { FleetApp } from '../fleet-app'
import { SessionPage } from '../pages/session'
import { Shell } from '../pages/shell'
import { open } from '../servers'

const draft = (name: string, address: string): ServerDraft => ({
  ...emptyServerDraft,
  name,
  address,
  username: 'admin',
})
const closed = 'https://127.0.0.1:9'

const groups = ({ page }: FleetApp) => {
  const group = (name: string) => page.locator('[data-page=home]').getByRole('region', { name, exact: true })
  return { attention: group('Needs attention'), signedIn: group('Signed in'), unchecked: group('Not checked') }
}

async function signIn(fleet: FleetApp, name: string): Promise<void> {
  const session = new SessionPage(fleet.page)
  await open(fleet, name)
  await session.trust()
  await session.signIn()
  await expect(session.overview).toBeVisible()
  await new Shell(fleet).goTo('Servers')
}

test('after a start nothing is known, and the home page says so until every server was checked', async ({
  launch,
  startPbx,
}) => {
  const [fine, changed] = [await startPbx({ tenants: 2 }), await startPbx()]
  const idle = Array.from({ length: 3 }, (_, at) => draft(`Idle ${at}`, closed))
  const fleet = await launch({
    alone: true,
    servers: [draft('Fine', fine.url), draft('Changed', changed.url), draft('Down', closed), ...idle],
  })
  const session = new SessionPage(fleet.page)
  await open(fleet, 'Changed')
  await session.trust()
  await expect(session.gate('needs-password')).toBeVisible()
  await changed.setFaults({ certificateChanged: true })
  await fleet.restart()

  const { attention, signedIn, unchecked } = groups(fleet)
  await expect(unchecked.getByRole('listitem')).toHaveCount(6)
  await expect(attention).toContainText('No server has been checked: 6 servers not checked.')
  await expect(fleet.page.getByText(/No server needs attention/)).toBeHidden()

  for (const [name, phase] of [
    ['Down', 'unreachable'],
    ['Changed', 'untrusted'],
  ] as const) {
    await open(fleet, name)
    await expect(new SessionPage(fleet.page).gate(phase)).toBeVisible()
  }
  await new Shell(fleet).goTo('Servers')
  await expect(attention.getByRole('link', { name: /Down/ })).toContainText(/Unreachable since .*: Connection refused/)
  await expect(attention.getByRole('link', { name: /Changed/ })).toContainText('Certificate changed')
  await signIn(fleet, 'Fine')
  await expect(signedIn.getByRole('link', { name: /Fine/ })).toContainText('updated just now')
  await expect(unchecked.getByRole('listitem')).toHaveCount(3)

  const known = (await fleet.call('workspace:get', {})).servers.filter(({ name }) => name !== 'Fine')
  await fleet.call('workspace:remove', { serverIds: known.map(({ id }) => id) })
  await expect(attention).toContainText(/No server needs attention \(checked at .*\d.*\)/)
  await expect(unchecked.getByRole('listitem')).toHaveCount(0)
})

test('a limit that is nearly used up needs attention right after the sign-in', async ({ launch, startPbx }) => {
  const pbx = await startPbx()
  const fleet = await launch({ servers: [draft('Acme', pbx.url)] })
  await signIn(fleet, 'Acme')
  const { attention } = groups(fleet)
  await expect(attention.getByRole('link', { name: /Acme/ })).toContainText('Users: 3,934 of 4,000')
  await expect(fleet.page.getByText(/No server needs attention/)).toBeHidden()
})
