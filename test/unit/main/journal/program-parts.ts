import { emptyServerDraft, type CertificateView, type ServerRecord } from '@shared/domain/server'
import { PbxHttp } from '@main/portsip/http'
import { TokenBucket } from '@main/portsip/token-bucket'
import { SessionClient } from '@main/services/session/session-client'

/** Everything with which a program that is killed while it writes reaches its server. */
export interface ProgramServer {
  readonly url: string
  readonly pin: CertificateView
  readonly token: string
  readonly serverId: string
}

/** The client of a program that is already signed in. */
export function programClient({ url, pin, token }: ProgramServer): SessionClient {
  const http = new PbxHttp({ url, pin, bucket: new TokenBucket(), log: () => undefined })
  return new SessionClient({
    call: (request, run) => run(http, { ...request, token }),
    peer: () => http.peer(),
  })
}

export const programRecord = ({ url, serverId }: Pick<ProgramServer, 'url' | 'serverId'>): ServerRecord => ({
  ...emptyServerDraft,
  id: serverId,
  name: 'A',
  address: url,
  activeAddress: 'first',
  protection: 'open',
})

/** Ends the program; nothing runs after this call. */
export const die = (): void => void process.kill(process.pid, 'SIGKILL')
