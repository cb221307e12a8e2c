import type { PracticeOptions, PracticePbx } from '@demo/practice-pbx'
import { startSharedKeyPbx } from '@test/fakes/practice-pbx'
import { PbxHttp, type HttpOptions, type RequestLine } from '@main/portsip/http'
import { signIn } from '@main/portsip/auth'
import { SessionClient } from '@main/services/session/session-client'
import { CertificateError, probe } from '@main/portsip/tls-trust'
import { onlyRoots } from '@main/portsip/trusted-roots'
import { TokenBucket } from '@main/portsip/token-bucket'
import { noWaiting } from '@test/fakes/timing'

const roots = onlyRoots([])

/** A practice server and the HTTP client for it, signed in; waits between retries end immediately. */
export class HttpHarness {
  readonly lines: RequestLine[] = []

  private constructor(
    readonly pbx: PracticePbx,
    readonly http: PbxHttp,
    readonly token: string,
  ) {}

  readonly client = new SessionClient({
    call: (request, run) => run(this.http, { ...request, token: this.token }),
    peer: () => this.http.peer(),
  })

  static async start(options: PracticeOptions = {}, extra: Partial<HttpOptions> = {}): Promise<HttpHarness> {
    const pbx = await startSharedKeyPbx({ rules: 250, tenants: 2, dealers: 2, ...options })
    const shown = await probe({ url: pbx.url, pin: undefined, roots }).catch((error: unknown) => error)
    if (!(shown instanceof CertificateError)) throw new Error('The practice certificate was not shown')
    const lines: RequestLine[] = []
    const http = new PbxHttp({
      url: pbx.url,
      pin: shown.certificate,
      bucket: new TokenBucket(undefined, noWaiting),
      timing: noWaiting,
      log: (line) => lines.push(line),
      ...extra,
    })
    const { username, password } = pbx
    const answer = await signIn(http, { username, password, domain: '' }, undefined)
    const harness = new HttpHarness(pbx, http, answer.kind === 'tokens' ? answer.tokens.access_token : '')
    harness.lines.push(...lines)
    return harness
  }

  /** Number of requests of an operation that arrived. */
  arrived(method: string, path: string): number {
    return this.pbx.requests.filter((request) => request.method === method && request.path === path).length
  }

  async close(): Promise<void> {
    this.http.dispose()
    await this.pbx.close()
  }
}
