import { once } from 'node:events'
import type { RequestListener } from 'node:http'
import { createServer, type Server } from 'node:https'
import type { AddressInfo } from 'node:net'
import type { Identity } from './certificate'

/** The HTTPS server under a practice PBX: it can change its certificate, and stop listening and come back on the same port. */
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

  /** Listens, and gives the origin. */
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

  /** Opens or closes after whatever is under way. */
  setOpen(open: boolean): Promise<void> {
    this.work = this.work
      .catch(() => undefined)
      .then(async () => {
        await (open ? this.open() : this.close())
      })
    return this.work
  }

  /** New connections get this certificate; idle ones are closed, so that nobody goes on with the old one for long. */
  setIdentity({ key, cert }: Identity): void {
    this.server.setSecureContext({ key, cert, minVersion: 'TLSv1.2' })
    this.server.closeIdleConnections()
  }
}
