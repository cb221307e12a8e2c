import { once } from 'node:events'
import type { RequestListener } from 'node:http'
import { createServer, type Server } from 'node:https'
import type { AddressInfo } from 'node:net'
import type { Identity } from './certificate'

/** The HTTPS server of a practice PBX. It can change its certificate, and close and reopen its port. */
export class Listener {
  private readonly server: Server
  private port: number
  private work: Promise<void> = Promise.resolve()

  constructor(
    identity: Pick<Identity, 'key' | 'cert'>,
    private readonly host: string,
    port: number,
    answer: RequestListener,
  ) {
    this.port = port
    this.server = createServer({ key: identity.key, cert: identity.cert, minVersion: 'TLSv1.2' }, answer)
    this.server.keepAliveTimeout = 30_000
  }

  /** Starts to listen and returns the origin. */
  async open(): Promise<string> {
    if (!this.server.listening) {
      this.server.listen(this.port, this.host)
      await once(this.server, 'listening')
      this.port = (this.server.address() as AddressInfo).port
    }
    return `https://${this.host.includes(':') ? `[${this.host}]` : this.host}:${this.port}`
  }

  /** Closes the port and every connection. */
  async close(): Promise<void> {
    if (!this.server.listening) return
    const closed = once(this.server, 'close')
    this.server.close()
    this.server.closeAllConnections()
    await closed
  }

  /** Opens or closes the port after pending operations. */
  setOpen(open: boolean): Promise<void> {
    this.work = this.work
      .catch(() => undefined)
      .then(async () => {
        await (open ? this.open() : this.close())
      })
    return this.work
  }

  /** Sets the certificate for new connections and closes idle ones, so that the old one is not used for long. */
  setIdentity({ key, cert }: Identity): void {
    this.server.setSecureContext({ key, cert, minVersion: 'TLSv1.2' })
    this.server.closeIdleConnections()
  }
}
