import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { emptyServerDraft, type ServerDraft } from '@shared/domain/server'
import { expect, test } from '../fixtures'
import type { FleetApp } from '../fleet-app'
import { Board } from '../pages/board'
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

async function signIn(fleet: FleetApp, name: string): Promise<void> {
  const session = new SessionPage(fleet.page)
  await open(fleet, name)
  await session.trust()
  await session.signIn()
  await expect(session.overview).toBeVisible()
  await new Shell(fleet).goTo('Fleet')
}

test('after a start nothing is known, and the home page says so until every server was checked', async ({
  launch,
  startPbx,
}) => {
  const [fine, changed] = [await startPbx({ tenants: 2 }), await startPbx()]
  const idle = Array.from({ length: 3 }, (_, at) => draft(`Idle ${at}`, closed))
  const fleet = await launch({
    servers: [draft('Fine', fine.url), draft('Changed', changed.url), draft('Down', closed), ...idle],
  })
  const session = new SessionPage(fleet.page)
  await open(fleet, 'Changed')
  await session.trust()
  await expect(session.gate('needs-password')).toBeVisible()
  await changed.setFaults({ certificateChanged: true })
  await fleet.restart()

  const board = new Board(fleet)
  await expect(board.state('unknown')).toHaveText('Not checked 6')
  await expect(board.state('fine')).toBeHidden()
  await expect(board.cell('Fine', 'state')).toHaveText('Not checked')
  await expect(board.cell('Fine', 'users')).toHaveText('–')

  for (const [name, phase] of [
    ['Down', 'unreachable'],
    ['Changed', 'untrusted'],
  ] as const) {
    await open(fleet, name)
    await expect(new SessionPage(fleet.page).gate(phase)).toBeVisible()
  }
  await new Shell(fleet).goTo('Fleet')
  await expect(board.cell('Down', 'state')).toHaveText(/Unreachable since .*: Connection refused/)
  await expect(board.cell('Changed', 'state')).toHaveText('Certificate changed')
  await signIn(fleet, 'Fine')
  await expect(board.cell('Fine', 'state')).toHaveText(/^Signed in/)
  await expect(board.cell('Fine', 'updated')).toHaveText('just now')
  await expect(board.state('problem')).toHaveText('Problems 2')
  await expect(board.state('unknown')).toHaveText('Not checked 3')
  expect((await board.names()).slice(0, 3)).toEqual(['Changed', 'Down', 'Fine'])
})

test('a limit that is nearly used up needs attention right after the sign-in', async ({ launch, startPbx }) => {
  const pbx = await startPbx()
  const fleet = await launch({ servers: [draft('Acme', pbx.url)] })
  await signIn(fleet, 'Acme')
  const board = new Board(fleet)
  await expect(board.state('alert')).toHaveText('Alerts 1')
  await expect(board.cell('Acme', 'users')).toHaveText('3,934 of 4,000 (critical)')
  await expect(board.state('fine')).toBeHidden()
})

test('the first paint needs two scripts: each further one is a round trip through main', async () => {
  const page = await readFile(join('out', 'renderer', 'index.html'), 'utf8')
  expect(page.match(/<script[^>]+src=|<link[^>]+rel="modulepreload"/g)).toHaveLength(2)
})
