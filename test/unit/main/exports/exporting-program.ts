import { randomUUID } from 'node:crypto'
import { emptyServerDraft, type CertificateView } from '@shared/domain/server'
import type { SessionState } from '@shared/domain/session'
import { PbxHttp } from '@main/portsip/http'
import { TokenBucket } from '@main/portsip/token-bucket'
import { ExportsService } from '@main/services/exports/exports-service'
import { FilesHost } from '@main/services/exports/files-host'
import { Library } from '@main/services/exports/library'
import { Jobs } from '@main/services/jobs'
import { SessionClient } from '@main/services/session/session-client'

export interface ExportingArgs {
  readonly folder: string
  readonly url: string
  readonly pin: CertificateView
  readonly token: string
}

/** Writes one export after the other into a library until it is killed; prints each once it is done. */
const { folder, url, pin, token } = JSON.parse(process.argv[2] ?? '') as ExportingArgs
const http = new PbxHttp({ url, pin, bucket: new TokenBucket(), log: () => undefined })
const client = new SessionClient({
  call: (request, run) => run(http, { ...request, token }),
  peer: () => http.peer(),
})
const record = { ...emptyServerDraft, id: randomUUID(), name: 'Kunde A', address: url, activeAddress: 'first' } as const
const session: SessionState = {
  serverId: record.id,
  phase: 'signed-in',
  address: 'first',
  passwordStored: true,
  failures: 0,
}
let minutes = 0
const jobs = new Jobs(({ state, done }) => {
  if (state === 'running') return
  process.stdout.write(`${state} ${done}\n`)
  next()
})
const exports = new ExportsService({
  servers: { reader: () => client, record: () => record, state: () => session },
  jobs,
  library: new Library(() => folder),
  files: new FilesHost(),
  changed: () => undefined,
  now: () => new Date(Date.UTC(2026, 0, 1, 0, minutes++)),
})
const next = (): void =>
  void exports.start({ serverId: record.id, resource: 'ip-rules', format: 'csv', scope: { kind: 'all' } })
next()
