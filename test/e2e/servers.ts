import { emptyServerDraft, type ServerDraft } from '@shared/domain/server'
import type { PracticePbx } from '@demo/practice-pbx'
import { expect, type Launch } from './fixtures'
import type { FleetApp } from './fleet-app'
import { SessionPage } from './pages/session'
import { Shell } from './pages/shell'
import { plantedPassword } from './secrets'

const acme = (pbx: PracticePbx, values: Partial<ServerDraft>): ServerDraft => ({
  ...emptyServerDraft,
  name: 'Acme',
  address: pbx.url,
  username: 'admin',
  protection: 'open',
  ...values,
})

/** Launches the app with this PBX in its workspace as "Acme". */
export const launchWith = (launch: Launch, pbx: PracticePbx, values: Partial<ServerDraft> = {}): Promise<FleetApp> =>
  launch({ servers: [acme(pbx, values)] })

/** Trusts and signs in to the only server with the calls that the window makes for a person, and has the page load there. */
async function signIn(fleet: FleetApp): Promise<void> {
  const [server] = (await fleet.call('workspace:get', {})).servers
  if (server === undefined) throw new Error('There is no server')
  const { id: serverId, username, domain, remember } = server
  const { certificate } = await fleet.call('session:connect', { serverId })
  await fleet.call('session:trust', { serverId, fingerprint256: certificate?.fingerprint256 ?? '' })
  const password = plantedPassword
  await fleet.call('session:signIn', { serverId, username, domain, remember, password, confirmRisk: false })
  await fleet.page.evaluate((hash) => history.replaceState(null, '', hash), `#/servers/${serverId}`)
}

/** Servers named `PBX 1`, `PBX 2` and so on, which ask for no confirmation. */
export const numbered = (servers: readonly PracticePbx[]): readonly ServerDraft[] =>
  servers.map((pbx, at) => acme(pbx, { name: `PBX ${at + 1}` }))

/** Trusts and signs in to all servers with the calls that the window makes for a user; a trusted one is signed in only. */
export async function signInToAll(fleet: FleetApp): Promise<void> {
  for (const { id: serverId, username, domain, remember } of (await fleet.call('workspace:get', {})).servers) {
    const { phase, certificate } = await fleet.call('session:connect', { serverId })
    if (phase === 'signed-in') continue
    if (phase === 'untrusted')
      await fleet.call('session:trust', { serverId, fingerprint256: certificate?.fingerprint256 ?? '' })
    const password = plantedPassword
    await fleet.call('session:signIn', { serverId, username, domain, remember, password, confirmRisk: false })
  }
}

/** The same, signed in and opened. */
export async function launchSignedIn(
  launch: Launch,
  pbx: PracticePbx,
  values: Partial<ServerDraft> = {},
): Promise<FleetApp> {
  const fleet = await launch({ servers: [acme(pbx, values)], before: signIn })
  await expect(new SessionPage(fleet.page).overview).toBeVisible()
  return fleet
}

/** The same as the practice server's account of another role. */
export function launchAs(launch: Launch, pbx: PracticePbx, role: 'Dealer' | 'Admin'): Promise<FleetApp> {
  const { username = '', domain = '' } = pbx.accounts.find((each) => each.role === role) ?? {}
  return launchSignedIn(launch, pbx, { username, domain })
}

export const open = (fleet: FleetApp, name = 'Acme'): Promise<void> => new Shell(fleet).server(name).click()

/** What arrived with a password, a code or a token in its body. */
export const credentialsSent = (pbx: PracticePbx): readonly string[] =>
  pbx.requests
    .filter(({ method, path }) => method === 'POST' && /^\/(auth|login)/.test(path) && !/sign_out|revoke/.test(path))
    .map(({ path }) => path)
