import type { CertificateView, ServerId, ServerRecord } from '@shared/domain/server'
import type { Unreachable } from '@shared/domain/session'
import { FleetError } from '@shared/ipc/result'
import { PbxHttp } from '../../portsip/http'
import { isOutOfReach } from '../../portsip/reach'
import { certificateShown, probe, type Peer, type TrustOptions } from '../../portsip/tls-trust'
import { TokenBucket, realTiming } from '../../portsip/token-bucket'
import type { SessionDeps } from './session-deps'

export const activeUrl = (record: Pick<ServerRecord, 'activeAddress' | 'address' | 'secondAddress'>): string =>
  record.activeAddress === 'second' && record.secondAddress !== '' ? record.secondAddress : record.address

/** The age of the last answer is shown in minutes, so it need not be published more often than this. */
const publishEveryMs = 5_000

/**
 * The way to one server: its connections are made anew when its address or the certificate to be trusted changes; its rate limit stays. Every request,
 * of whatever part of the app, ends in `answered` or `unanswered`, which is where the server becomes reachable or unreachable.
 */
export class Link {
  private readonly bucket: TokenBucket
  private open: { readonly key: string; readonly http: PbxHttp } | undefined
  private lastKey: string | undefined
  private publishedAt = Number.NEGATIVE_INFINITY
  lastSeen: string | undefined
  /** Since when and why nothing of the PBX answers. */
  unreachable: Unreachable | undefined
  /** Until when nothing goes out, as the PBX asked for. */
  waitUntil: string | undefined

  constructor(
    private readonly id: ServerId,
    private readonly deps: SessionDeps,
    private readonly changed: () => void,
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
    if (key !== this.lastKey) this.unreachable = undefined
    this.lastKey = key
    const { timing, idleMs, bodyMax, log } = this.deps
    const isCurrent = (): boolean => this.open?.http === http
    const http: PbxHttp = new PbxHttp({
      ...trust,
      bucket: this.bucket,
      log: ({ operation, status, error, ms }) =>
        log.info(`${operation} ${this.id} ${status ?? '-'} ${error === undefined ? '' : `${error} `}${ms} ms`),
      unexpected: (operation, paths) =>
        log.warn(`${operation} ${this.id} missing or unexpected: ${paths.slice(0, 20).join(', ')} (${paths.length})`),
      answered: () => isCurrent() && this.answered(),
      unanswered: (error) => isCurrent() && this.unanswered(error),
      paused: (ms) => {
        this.waitUntil = this.stamp(ms)
        this.changed()
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

  /** Whether the certificate of the connections in use is presented there, too. */
  async isSameServer(there: ServerRecord, signal: AbortSignal): Promise<boolean> {
    const here = this.current?.peer().certificate?.fingerprint256
    if (here === undefined) return false
    const peer = await this.probe(there, signal).catch(() => undefined)
    return peer?.certificate?.fingerprint256 === here
  }

  /** The certificate of a handshake of its own, trusted or not. Throws like `certificateShown`. */
  async shownCertificate(record: ServerRecord): Promise<CertificateView> {
    try {
      return await certificateShown(activeUrl(record))
    } catch (error) {
      this.unanswered(error)
      throw error
    }
  }

  /** Nothing is known any more about whether the server can be reached. */
  forgetReach(): void {
    this.unreachable = undefined
  }

  /** Nothing of the PBX answered: also to be called for handshakes that are made outside of `to`'s connections. */
  unanswered(error: unknown): void {
    if (!(error instanceof FleetError) || !isOutOfReach(error, false)) return
    const known = this.unreachable
    this.unreachable = { since: known?.since ?? this.stamp(), error: error.detail }
    if (known?.error.message !== error.detail.message) this.changed()
  }

  close(): void {
    this.open?.http.dispose()
    this.open = undefined
  }

  private answered(): void {
    this.lastSeen = this.stamp()
    const isBack = this.unreachable !== undefined
    this.unreachable = undefined
    const now = (this.deps.timing ?? realTiming).now()
    if (!isBack && now - this.publishedAt < publishEveryMs) return
    this.publishedAt = now
    this.changed()
  }

  /** The time now, or so many milliseconds later, as RFC 3339. */
  stamp(laterMs = 0): string {
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
