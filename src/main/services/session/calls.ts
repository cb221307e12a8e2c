import { FleetError } from '@shared/ipc/result'
import type { HttpRequest, PbxHttp } from '../../portsip/http'
import type { Link } from './link'
import type { CallScope } from './session-client'
import { nobodySignedIn } from './session-errors'
import type { TokenKeeper } from './token-keeper'

export interface CallsDeps {
  readonly tokens: TokenKeeper
  readonly link: Pick<Link, 'current'>
  /** Told of each failure on the connection that the session uses now. */
  readonly failed: (error: unknown) => void
}

/** The calls of a session: each with a token that is valid, and once more with a new one after 401. */
export class Calls implements CallScope {
  private pages = new AbortController()

  constructor(private readonly deps: CallsDeps) {}

  peer(): ReturnType<CallScope['peer']> {
    return this.deps.link.current?.peer() ?? {}
  }

  /** Ends the reading of pages; writes, and jobs, which have signals of their own, go on. */
  endPages(reason: FleetError): void {
    this.pages.abort(reason)
    this.pages = new AbortController()
  }

  async call<T>(request: HttpRequest, run: (http: PbxHttp, request: HttpRequest) => Promise<T>): Promise<T> {
    const { tokens, link, failed } = this.deps
    const http = link.current
    if (http === undefined || tokens.current === undefined) throw nobodySignedIn()
    const signal = request.signal ?? (request.method === 'GET' ? this.pages.signal : undefined)
    try {
      const token = await this.onlyFor(http, tokens.valid())
      try {
        return await run(http, { ...request, token, signal })
      } catch (error) {
        if (!(error instanceof FleetError) || error.detail.status !== 401) throw error
        return await run(http, { ...request, token: await this.onlyFor(http, tokens.replace(token)), signal })
      }
    } catch (error) {
      if (http === link.current) failed(error)
      throw error
    }
  }

  /** The session may have gone elsewhere while the token was waited for: a token reaches no server but its own. */
  private async onlyFor(http: PbxHttp, token: Promise<string>): Promise<string> {
    const got = await token
    if (http !== this.deps.link.current) throw nobodySignedIn()
    return got
  }
}
