import type { CertificateView } from '@shared/domain/server'
import { dealers } from '@shared/resources/dealer'
import { ipRule } from '@shared/resources/ip-rule'
import { tenant } from '@shared/resources/tenant'
import { toAppError } from '@main/to-app-error'
import { adminStatus } from '@main/portsip/admin-status'
import { signIn, whoami } from '@main/portsip/auth'
import { PbxHttp } from '@main/portsip/http'
import { readRows } from '@main/portsip/incomplete-list'
import { exportIpRules } from '@main/portsip/ip-filters'
import { allRecords, createRecord, destroyRecord, listRecords, showRecord } from '@main/portsip/records'
import { TokenBucket } from '@main/portsip/token-bucket'
import { allTrunks, trunkAssignees } from '@main/portsip/trunks'
import { SessionClient } from '@main/services/session/session-client'
import { noWaiting } from '@test/fakes/timing'

/** Messages to this program: run operation number `run`, or reply to `ping`. */
export type ToBombed = { readonly run: number } | { readonly ping: number }
/** Messages from it: the result of an operation, the reply to a ping, or that it is ready. */
export type FromBombed =
  | { readonly ended: string; readonly message: string; readonly peakMegabytes: number }
  | { readonly pong: number }
  | { readonly ready: number }

const { url, pin } = JSON.parse(process.argv[2] ?? '') as { readonly url: string; readonly pin: CertificateView }
const http = new PbxHttp({
  url,
  pin,
  bucket: new TokenBucket(undefined, noWaiting),
  timing: noWaiting,
  log: () => undefined,
})
const client = new SessionClient({
  call: (request, run) => run(http, { ...request, token: 'token' }),
  peer: () => http.peer(),
})

async function download(): Promise<void> {
  const { stream } = await exportIpRules(client)
  for await (const piece of stream) if (piece === undefined) return
}

const credentials = { username: 'admin', password: 'PLANTED', domain: '' }
const rule = { cidr: '198.51.100.0/24', target: 'DENY' }
const operations: readonly (() => Promise<unknown>)[] = [
  () => listRecords(client, ipRule, { offset: 0, limit: 300 }),
  () => readRows(allRecords(client, ipRule, {})),
  () => readRows(allTrunks(client)),
  () => readRows(allRecords(client, dealers, {})),
  () => trunkAssignees(client, '1'),
  () => showRecord(client, tenant, '1'),
  () => adminStatus(client),
  () => signIn(http, credentials, undefined),
  () => whoami(http, 'auth', 'token', undefined),
  () => createRecord(client, ipRule, rule),
  () => destroyRecord(client, ipRule, '1'),
  download,
]

const send = (message: FromBombed): void => void process.send?.(message)
const megabytes = (kilobytes: number): number => kilobytes / 1024

process.on('message', (message: ToBombed) => {
  if ('ping' in message) return send({ pong: message.ping })
  const end = (ended: string, text = ''): void =>
    send({ ended, message: text, peakMegabytes: megabytes(process.resourceUsage().maxRSS) })
  const operation = operations[message.run % operations.length] ?? download
  operation().then(
    () => end('done'),
    (error: unknown) => {
      const { code, message: text } = toAppError(error)
      end(code, text)
    },
  )
})
send({ ready: megabytes(process.resourceUsage().maxRSS) })
