import { whoami, type SignInApi, type Whoami } from '../../portsip/auth'
import type { PbxHttp } from '../../portsip/http'

/** GET /auth/user for one session: a request that runs serves everybody who asks about the same token. */
export class UserReads {
  private running: { readonly token: string; readonly reply: Promise<Whoami> } | undefined
  private latest: { readonly token: string; readonly user: Whoami } | undefined

  constructor(private readonly http: () => PbxHttp) {}

  read(api: SignInApi, token: string, signal?: AbortSignal): Promise<Whoami> {
    if (this.running?.token === token) return this.running.reply
    const reply = whoami(this.http(), api, token, signal)
      .then((user) => {
        this.latest = { token, user }
        return user
      })
      .finally(() => {
        if (this.running?.reply === reply) this.running = undefined
      })
    this.running = { token, reply }
    return reply
  }

  /** The last reply about this token, for somebody who knows that it is new; a request if there is none. */
  lastOrRead(api: SignInApi, token: string): Promise<Whoami> {
    return this.latest?.token === token ? Promise.resolve(this.latest.user) : this.read(api, token)
  }
}
