import type { ServerRecord } from '@shared/domain/server'
import type { PracticePbx } from '../../src/demo/practice-pbx'
import { expect } from './fixtures'
import type { FleetApp, LaunchOptions } from './fleet-app'
import { SessionPage } from './pages/session'
import { Shell } from './pages/shell'
import { profileWith, serverRecord } from './workspaces'

type Launch = (options?: LaunchOptions) => Promise<FleetApp>

/** Launches the app with this PBX in its workspace as "Acme". */
export async function launchWith(
  launch: Launch,
  pbx: PracticePbx,
  values: Partial<ServerRecord> = {},
): Promise<FleetApp> {
  const record = serverRecord({ name: 'Acme', address: pbx.url, username: 'admin', protection: 'open', ...values })
  return launch({ profile: await profileWith([record]) })
}

/** The same, opened, trusted and signed in. */
export async function launchSignedIn(
  launch: Launch,
  pbx: PracticePbx,
  values: Partial<ServerRecord> = {},
): Promise<FleetApp> {
  const fleet = await launchWith(launch, pbx, values)
  await open(fleet)
  const session = new SessionPage(fleet.page)
  await session.trust()
  await session.signIn()
  await expect(session.overview).toBeVisible()
  return fleet
}

/** The same as the practice server's account of another role. */
export async function launchAs(launch: Launch, pbx: PracticePbx, role: 'Dealer' | 'Admin'): Promise<FleetApp> {
  const { username = '', domain = '' } = pbx.accounts.find((each) => each.role === role) ?? {}
  const fleet = await launchWith(launch, pbx, { username, domain })
  await open(fleet)
  const session = new SessionPage(fleet.page)
  await session.trust()
  await session.signIn(undefined, { username })
  await expect(session.overview).toBeVisible()
  return fleet
}

export const open = (fleet: FleetApp, name = 'Acme'): Promise<void> => new Shell(fleet).server(name).click()

/** What arrived with a password, a code or a token in its body. */
export const credentialsSent = (pbx: PracticePbx): readonly string[] =>
  pbx.requests
    .filter(({ method, path }) => method === 'POST' && /^\/(auth|login)/.test(path) && !/sign_out|revoke/.test(path))
    .map(({ path }) => path)
