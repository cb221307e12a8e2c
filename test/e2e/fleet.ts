import keytar from 'keytar'
import type { ServerId } from '@shared/domain/server'
import { certificateOfPem } from '@main/services/practice/certificate-of-pem'
import { startPracticeFleet, type FleetServer, type PracticeFleet } from '@demo/fleet'
import type { FleetKind } from '@demo/fleet/kinds'
import { defaultOptions } from '@demo/options'
import { finishTraffic, test as base } from './fixtures'
import type { FleetApp } from './fleet-app'
import type { NewServer } from './kept-app'
import { plantedPassword } from './secrets'
import { serverDraft } from './workspaces'

/** A server of the practice fleet with its ID in the workspace. */
type EnteredServer = FleetServer & { readonly id: ServerId }

/** The app on a running practice fleet: certificates are pinned and passwords stored; no server is signed in. */
export interface LaunchedFleet {
  readonly fleet: FleetApp
  readonly servers: readonly EnteredServer[]
  /** The first server of a kind. */
  first(kind: FleetKind): EnteredServer
}

const service = 'PBX Fleet'

const entryOf = ({ name, folder, tags, url: address, username, certificate }: FleetServer): NewServer =>
  serverDraft({
    ...{ name, folder, tags, address, username },
    ...(certificate !== undefined && { pin: certificateOfPem(certificate) }),
  })

async function storePasswords(servers: readonly EnteredServer[]): Promise<void> {
  for (const { id, password } of servers)
    if (password !== undefined) await keytar.setPassword(service, `${id}:password`, password)
}

/** Deletes what the helper and the app stored, because not every system has a keychain for the tests alone. */
async function deleteSecrets(servers: readonly EnteredServer[]): Promise<void> {
  for (const { id } of servers)
    for (const kind of ['password', 'refresh']) await keytar.deletePassword(service, `${id}:${kind}`)
}

function firstOf(servers: readonly EnteredServer[], kind: FleetKind): EnteredServer {
  const server = servers.find((candidate) => candidate.kind === kind)
  if (server === undefined) throw new Error(`The fleet has no server of the kind ${kind}`)
  return server
}

interface Fixtures {
  /**
   * Launches the app on this many servers; 40 have each kind. `alone` is for a test that does to the app what cannot be undone. The fleet ends with the
   * test, and its traffic is checked.
   */
  readonly launchFleet: (count?: number, options?: { readonly alone?: true }) => Promise<LaunchedFleet>
}

export const test = base.extend<Fixtures>({
  launchFleet: async ({ launch }, use, testInfo) => {
    const started: { readonly practice: PracticeFleet; readonly servers: readonly EnteredServer[] }[] = []
    await use(async (count = 40, options = {}) => {
      const { recordLimit } = defaultOptions
      const practice = await startPracticeFleet({ count, password: plantedPassword, recordLimit })
      const servers: EnteredServer[] = []
      started.push({ practice, servers })
      const storeAll = async (fleet: FleetApp): Promise<void> => {
        const entered = (await fleet.call('workspace:get', {})).servers
        for (const server of practice.servers) {
          const { id } = entered.find(({ address }) => address === server.url) ?? {}
          if (id === undefined) throw new Error(`${server.name} is not in the workspace`)
          servers.push({ ...server, id })
        }
        await storePasswords(servers)
      }
      const fleet = await launch({ servers: practice.servers.map(entryOf), before: storeAll, ...options })
      return { fleet, servers, first: (kind) => firstOf(servers, kind) }
    })
    for (const { practice, servers } of started) {
      await practice.stop()
      await deleteSecrets(servers)
    }
    await finishTraffic(
      testInfo,
      started.flatMap(({ servers }) => servers.flatMap(({ pbx }) => pbx ?? [])),
    )
  },
})

export { expect } from './fixtures'
