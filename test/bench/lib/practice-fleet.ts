import { spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import pMap from 'p-map'
import { emptyServerDraft, type ServerId, type ServerRecord } from '@shared/domain/server'
import { presentedCertificate } from '@main/portsip/tls-trust'
import { Servers } from '@main/servers/servers'
import { KeychainService } from '@main/services/session/keychain-service'
import { SessionService } from '@main/services/session/session-service'
import { MemorySecretStore } from '@main/storage/memory-secret-store'
import { projectFolder } from './electron-process'

export interface Announced {
  readonly url: string
  readonly username: string
  readonly password: string
}

/** Practice servers in a process of their own, so that their work is not measured. */
export async function startServers(flags: Readonly<Record<string, number>> & { readonly servers: number }): Promise<{
  readonly announced: readonly Announced[]
  readonly stop: () => void
}> {
  const args = Object.entries({ port: 0, ...flags }).flatMap(([name, value]) => [`--${name}`, String(value)])
  const child = spawn(process.execPath, [join(projectFolder, 'out/main/cli.js'), ...args], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const announced: Announced[] = []
  for await (const line of createInterface({ input: child.stdout })) {
    announced.push(JSON.parse(line) as Announced)
    if (announced.length === flags.servers) break
  }
  return { announced, stop: () => child.kill() }
}

export const recordOf = (name: string, url: string, pin?: ServerRecord['pin']): ServerRecord => ({
  ...emptyServerDraft,
  id: randomUUID(),
  name,
  address: url,
  username: 'admin',
  activeAddress: 'first',
  ...(pin && { pin }),
})

/** The records of servers whose certificates are trusted. */
export const trustedRecords = (announced: readonly Announced[]): Promise<readonly ServerRecord[]> =>
  pMap(announced, async ({ url }, at) => recordOf(`Live ${at}`, url, await presentedCertificate(url)), {
    concurrency: 8,
  })

/** The app's sessions with these servers, without any connection yet. */
export async function fleetOf(
  records: readonly ServerRecord[],
  password: string,
): Promise<{ readonly servers: Servers; readonly sessions: SessionService; readonly close: () => Promise<void> }> {
  const byId = new Map(records.map((server) => [server.id, server]))
  const get = (id: ServerId): ServerRecord => {
    const found = byId.get(id)
    if (found === undefined) throw new Error(`No server ${id}`)
    return found
  }
  const quiet = { info: () => undefined, warn: () => undefined }
  const workspace = { get, patch: (id: ServerId) => Promise.resolve(get(id)) }
  const keychain = new KeychainService(new MemorySecretStore())
  const sessions = new SessionService({ records: workspace, keychain, log: quiet })
  const ids = records.map(({ id }) => id)
  for (const id of ids) await sessions.remember(id, password)
  return { servers: new Servers({ get }, sessions), sessions, close: async () => void (await sessions.forget(ids)) }
}
