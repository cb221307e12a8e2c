import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import { emptyServerDraft, type CertificateView, type ServerRecord } from '@shared/domain/server'
import { overrideWord, type Confirmation } from '@shared/domain/write'
import { FleetError } from '@shared/ipc/result'
import type { PracticeOptions, PracticePbx } from '@demo/practice-pbx'
import { startSharedKeyPbx } from '@test/fakes/practice-pbx'
import { PbxHttp } from '@main/portsip/http'
import type { PbxClient } from '@main/portsip/pbx-client'
import { CertificateError } from '@main/portsip/tls-trust'
import { TokenBucket } from '@main/portsip/token-bucket'
import { resourceHooks } from '@main/services/resource-hooks'
import { oneServer } from '@test/fakes/servers'
import { writerOf } from '@test/fakes/writer'
import { RecordsService } from '@main/services/records/records-service'

const signedIn = z.looseObject({ access_token: z.string() })

const httpTo = (url: string, pin: CertificateView | undefined): PbxHttp =>
  new PbxHttp({ url, pin, bucket: new TokenBucket(), log: () => undefined })

async function certificateOf(url: string): Promise<CertificateView> {
  const http = httpTo(url, undefined)
  try {
    await http.nothing({ operation: 'GET /info', method: 'GET', path: '/info' })
  } catch (error) {
    if (error instanceof CertificateError) return error.certificate
    throw error
  } finally {
    http.dispose()
  }
  throw new Error('The practice certificate was trusted without being asked about')
}

/** The API as the practice server's administrator, over real HTTPS with the certificate pinned. */
export async function signIn(pbx: PracticePbx): Promise<{ readonly client: PbxClient; readonly dispose: () => void }> {
  const http = httpTo(pbx.url, await certificateOf(pbx.url))
  const body = { username: pbx.username, password: pbx.password }
  const asked = { operation: 'POST /auth/sign_in', method: 'POST', path: '/auth/sign_in', body, signIn: true } as const
  const { access_token: token } = await http.json(asked, signedIn)
  const client: PbxClient = {
    get: ({ schema, ...request }) => http.json({ ...request, method: 'GET', token }, schema),
    post: (command) => http.nothing({ ...command, method: 'POST', token }),
    postFor: ({ schema, ...command }) => http.json({ ...command, method: 'POST', token }, schema),
    download: (request) => http.download({ ...request, method: 'GET', token }),
    localAddress: () => http.peer().localAddress,
    remoteAddress: () => http.peer().remoteAddress,
  }
  return { client, dispose: () => http.dispose() }
}

export const confirmed: Confirmation = { acknowledged: true, typedName: '', override: '' }
export const overridden: Confirmation = { ...confirmed, override: overrideWord }

/** The service in front of a practice PBX. This computer has the addresses 10.9.9.9 and ::1 as far as the service knows. */
export async function startRules(options: PracticeOptions = {}, record: Partial<ServerRecord> = {}, seenAs?: string) {
  const pbx = await startSharedKeyPbx({ rules: 0, ...options })
  const { client, dispose } = await signIn(pbx)
  const server: ServerRecord = {
    ...emptyServerDraft,
    id: randomUUID(),
    activeAddress: 'first',
    name: 'Kunde A',
    address: pbx.url,
    ...record,
  }
  const service = new RecordsService({
    servers: oneServer(client, () => server, { ...(seenAs && { seenAs }) }),
    writer: writerOf(client, () => server),
    hooks: resourceHooks({
      addresses: {
        interfaces: () => [
          { address: '10.9.9.9', internal: false },
          { address: '::1', internal: true },
        ],
        resolve: () => Promise.resolve([]),
      },
    }),
  })
  const close = async (): Promise<void> => {
    dispose()
    await pbx.close()
  }
  return { pbx, client, service, at: { serverId: server.id, resource: 'ip-rules' as const }, close }
}

export type StartedRules = Awaited<ReturnType<typeof startRules>>

/** The error that a write was refused with. */
export async function refusal(attempt: Promise<unknown>): Promise<FleetError['detail']> {
  try {
    await attempt
  } catch (error) {
    if (error instanceof FleetError) return error.detail
    throw error
  }
  throw new Error('It was not refused')
}

/** Requests of one kind that the practice PBX received. */
export const received = (pbx: PracticePbx, method: string, path: RegExp) =>
  pbx.requests.filter((request) => request.method === method && path.test(request.path))
