import { randomUUID } from 'node:crypto'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { ServerRecord } from '@shared/domain/server'
import type { PracticeOptions } from '@demo/practice-pbx'
import { CertificateService } from '@main/services/certificate/certificate-service'
import { Uploads, uploadsStore } from '@main/services/certificate/uploads'
import { LicenseService } from '@main/services/license-service'
import { SecretClipboard } from '@main/services/secret-clipboard'
import { TokensService } from '@main/services/tokens-service'
import { FakeTiming } from '@test/fakes/timing'
import { Harness } from '../session/harness'

/** The clipboard of the system. */
export class FakeClipboard {
  text = ''
  readText = (): Promise<string> => Promise.resolve(this.text)
  writeText = (text: string): Promise<void> => {
    this.text = text
    return Promise.resolve()
  }
  clear = (): void => void (this.text = '')
}

/** The three services and a practice PBX that is signed in to, over real HTTPS. */
export async function startCredentials(options: PracticeOptions = {}, record: Partial<ServerRecord> = {}) {
  const sessions = new Harness()
  const { pbx, id } = await sessions.add({ licenseSeconds: 0, ...options }, { name: 'Kunde A', ...record })
  await sessions.signIn(id, pbx)
  const folder = await mkdtemp(join(tmpdir(), 'fleet-credentials-'))
  const clipboard = new FakeClipboard()
  const timing = new FakeTiming()
  const secrets = new SecretClipboard(clipboard, timing)
  const log: string[] = []
  const onServers = {
    writer: sessions.writer,
    servers: sessions.servers,
  }
  const uploads = new Uploads(uploadsStore(join(folder, 'uploads.json')))
  const files = async (texts: readonly string[]): Promise<readonly string[]> =>
    Promise.all(
      texts.map(async (text) => {
        const path = join(folder, `${randomUUID()}.pem`)
        await writeFile(path, text)
        return path
      }),
    )
  return {
    pbx,
    id,
    sessions,
    clipboard,
    timing,
    secrets,
    log,
    folder,
    files,
    uploads,
    tokens: new TokensService({ ...onServers, clipboard: secrets, log: { info: (line) => log.push(line) } }),
    license: new LicenseService(onServers),
    certificate: new CertificateService({
      ...onServers,
      readPresented: (serverId) => sessions.sessions.shownCertificate(serverId),
      adopt: (serverId, shown) => sessions.sessions.adopt(serverId, shown),
      uploads,
    }),
    close: async () => {
      await sessions.close()
      await rm(folder, { recursive: true, force: true })
    },
  }
}
export type Started = Awaited<ReturnType<typeof startCredentials>>

export const acknowledged = { acknowledged: true, typedName: '', override: '' }
export const named = { acknowledged: false, typedName: 'Kunde A', override: '' }
