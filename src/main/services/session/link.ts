import type { ServerId, ServerRecord } from '@shared/domain/server'
import { PbxHttp } from '../../portsip/http'
import { probe, type Peer, type TrustOptions } from '../../portsip/tls-trust'
import { TokenBucket, realTiming } from '../../portsip/token-bucket'
import type { SessionDeps } from './session-deps'

export const activeUrl = (record: Pick<ServerRecord, 'activeAddress' | 'address' | 'secondAddress'>): string =>
  record.activeAddress === 'second' && record.secondAddress !== '' ? record.secondAddress : record.address

/** The way to one server: its connections are made anew when its address or the certificate to be trusted changes; its rate limit stays. */
export class Link {
  private readonly bucket: TokenBucket
  private open: { readonly key: string; readonly http: PbxHttp } | undefined
  lastSeen: string | undefined
  /** Until when nothing goes out, as the PBX asked for. */
  waitUntil: string | undefined

  constructor(
    private readonly id: ServerId,
    private readonly deps: SessionDeps,
    private readonly paused: () => void,
  ) {
    this.bucket = new TokenBucket(deps.limits, deps.timing ?? realTiming)
  }

  get current(): PbxHttp | undefined {
    return this.open?.http
  }

  /** The connections to where the record says now. */
  to(record: ServerRecord): PbxHttp {
    const trust = this.trust(record)
    const key = `${trust.url} ${trust.pin?.fingerprint256 ?? ''}`
    if (this.open?.key === key) return this.open.http
    this.close()
    const { timing, idleMs, bodyMax, log } = this.deps
    const http = new PbxHttp({
      ...trust,
      bucket: this.bucket,
      log: ({ operation, status, error, ms }) =>
        log.info(`${operation} ${this.id} ${status ?? '-'} ${error === undefined ? '' : `${error} `}${ms} ms`),
      answered: () => (this.lastSeen = this.stamp()),
      paused: (ms) => {
        this.waitUntil = this.stamp(ms)
        this.paused()
      },
      ...(timing && { timing }),
      ...(idleMs !== undefined && { idleMs }),
      ...(bodyMax !== undefined && { bodyMax }),
    })
    this.open = { key, http }
    return http
  }

  /** Looks who answers there; nothing is sent but the handshake. */
  probe(record: ServerRecord, signal: AbortSignal): Promise<Peer> {
    return probe(this.trust(record), signal)
  }

  close(): void {
    this.open?.http.dispose()
    this.open = undefined
  }

  private stamp(laterMs = 0): string {
    return new Date((this.deps.wallClock?.() ?? Date.now()) + laterMs).toISOString()
  }

  private trust(record: ServerRecord): TrustOptions {
    const { roots, connectMs } = this.deps
    return {
      url: activeUrl(record),
      pin: record.pin,
      ...(roots && { roots }),
      ...(connectMs !== undefined && { connectMs }),
    }
  }
}
