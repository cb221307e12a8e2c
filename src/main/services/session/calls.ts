import { FleetError } from '@shared/ipc/result'
import type { HttpRequest, PbxHttp } from '../../portsip/http'
import type { Link } from './link'
import type { CallScope } from './session-client'
import { notSignedIn } from './session-errors'
import type { TokenKeeper } from './token-keeper'

export interface CallsDeps {
  readonly tokens: TokenKeeper
  readonly link: Pick<Link, 'current'>
  /** Throws `signed-out` if the token may belong to another account, with which no change may be sent. */
  readonly requireOwn: (token: string) => Promise<void>
  /** Called for each failure on the current connection of the session. */
  readonly onFailure: (error: unknown) => void
}

/** Sends the calls of a session with a valid token, and once more with a new token after 401. */
export class Calls implements CallScope {
  private pages = new AbortController()

  constructor(private readonly deps: CallsDeps) {}

  peer(): ReturnType<CallScope['peer']> {
    return this.deps.link.current?.peer() ?? {}
  }

  /** Cancels the reads of pages. Writes continue, and so do jobs, which have their own signals. */
  endPages(reason: FleetError): void {
    this.pages.abort(reason)
    this.pages = new AbortController()
  }

  async call<T>(request: HttpRequest, run: (http: PbxHttp, request: HttpRequest) => Promise<T>): Promise<T> {
    const { tokens, link, requireOwn, onFailure } = this.deps
    const http = link.current
    if (http === undefined || tokens.current === undefined) throw notSignedIn()
    const signal = request.signal ?? (request.method === 'GET' ? this.pages.signal : undefined)
    try {
      const usable = async (next: Promise<string>): Promise<string> => {
        const token = await next
        if (request.method !== 'GET') await requireOwn(token)
        this.requireSameServer(http)
        return token
      }
      const token = await usable(tokens.valid())
      try {
        return await run(http, { ...request, token, signal })
      } catch (error) {
        if (!(error instanceof FleetError) || error.detail.status !== 401) throw error
        return await run(http, { ...request, token: await usable(tokens.replace(token)), signal })
      }
    } catch (error) {
      if (http === link.current) onFailure(error)
      throw error
    }
  }

  /** The session may have switched servers while the token was fetched. A token must not reach another server. */
  private requireSameServer(http: PbxHttp): void {
    if (http !== this.deps.link.current) throw notSignedIn()
  }
}
