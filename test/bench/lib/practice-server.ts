import { spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { emptyServerDraft, type ServerRecord } from '@shared/domain/server'
import type { PbxReader } from '@main/portsip/pbx-client'
import { presentedCertificate } from '@main/portsip/tls-trust'
import { KeychainService } from '@main/services/session/keychain-service'
import { SessionService } from '@main/services/session/session-service'
import type { WriteAccess } from '@main/services/writes/approved'
import { MemorySecretStore } from '@main/storage/memory-secret-store'
import { projectFolder } from './electron-process'
import type { Announced } from './practice-fleet'

export interface BenchServer extends Announced {
  readonly record: ServerRecord
  readonly client: PbxReader
  readonly access: WriteAccess
  /** An access token for programs that are measured beside the app. */
  readonly token: string
  stop(): void
}

/** An access token for programs that are measured beside the app. */
export async function tokenFor({ url, username, password }: Announced): Promise<string> {
  const { request } = await import('node:https')
  const body = JSON.stringify({ username, password })
  const headers = { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) }
  return new Promise((resolve, reject) => {
    const sent = request(`${url}/api/auth/sign_in`, { method: 'POST', headers, rejectUnauthorized: false }, (reply) => {
      let text = ''
      reply.on('data', (chunk: Buffer) => (text += chunk.toString()))
      reply.on('end', () => resolve((JSON.parse(text) as { access_token: string }).access_token))
    })
    sent.on('error', reject)
    sent.end(body)
  })
}

/** A practice PBX in a separate process, so that its work is not measured, with the app's own client signed in to it. */
export async function startBenchServer(flags: Readonly<Record<string, number>>): Promise<BenchServer> {
  const args = Object.entries({ port: 0, ...flags }).flatMap(([name, value]) => [`--${name}`, String(value)])
  const child = spawn(process.execPath, [join(projectFolder, 'out/main/cli.js'), ...args], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const lines = createInterface({ input: child.stdout })
  const announced = await new Promise<Announced>((resolve) =>
    lines.once('line', (line) => resolve(JSON.parse(line) as Announced)),
  )
  const { url, username, password } = announced
  const id = randomUUID()
  const pin = await presentedCertificate(url)
  const record: ServerRecord = {
    ...emptyServerDraft,
    id,
    name: 'Bench',
    address: url,
    username,
    pin,
    activeAddress: 'first',
  }
  const records = { get: () => record, patch: () => Promise.resolve(record) }
  const quiet = { info: () => undefined, warn: () => undefined }
  const sessions = new SessionService({ records, keychain: new KeychainService(new MemorySecretStore()), log: quiet })
  const state = await sessions.signIn({
    serverId: id,
    username,
    password,
    domain: '',
    remember: false,
    confirmRisk: false,
  })
  if (state.phase !== 'signed-in') throw new Error(`Not signed in: ${state.error?.message ?? state.phase}`)
  return {
    ...announced,
    record,
    client: sessions.reader(id),
    access: sessions.access(id),
    token: await tokenFor(announced),
    stop: () => child.kill(),
  }
}
