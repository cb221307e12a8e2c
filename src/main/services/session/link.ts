import { otherPinOf, pinOf } from '@shared/domain/pins'
import type { CertificateView, ServerId, ServerRecord } from '@shared/domain/server'
import type { Unreachable } from '@shared/domain/session'
import { FleetError } from '@shared/ipc/result'
import { PbxHttp } from '../../portsip/http'
import { isOutOfReach } from '../../portsip/reach'
import { presentedCertificate, probe, type Peer, type TrustOptions } from '../../portsip/tls-trust'
import { TokenBucket, realTiming } from '../../portsip/token-bucket'
import { activeUrl } from './active-url'
import type { SessionDeps } from './session-deps'

/** The time of the last response is shown in minutes, so it is not published more often than this. */
const publishEveryMs = 5_000

/**
 * The connections to one server. They are replaced when the address or the trusted certificate changes; the rate limit
 * remains. Each request ends in `answered` or `unanswered`, which decide whether the server is reachable.
 */
export class Link {
  private readonly bucket: TokenBucket
  private open: { readonly key: string; readonly http: PbxHttp } | undefined
  private lastKey: string | undefined
  private publishedAt = Number.NEGATIVE_INFINITY
  private seen: { readonly url: string; readonly at: string } | undefined
  /** Since when and why the PBX does not respond. */
  unreachable: Unreachable | undefined
  /** No request is sent until then, because the PBX requested a pause. */
  waitUntil: string | undefined

  constructor(
    private readonly id: ServerId,
    private readonly deps: SessionDeps,
    private readonly changed: () => void,
  ) {
    this.bucket = new TokenBucket(deps.limits, deps.timing ?? realTiming)
  }

  /** The last response from the address in use; another address is another server until it responds. */
  get lastSeen(): string | undefined {
    return this.seen?.url === activeUrl(this.deps.records.get(this.id)) ? this.seen?.at : undefined
  }

  get current(): PbxHttp | undefined {
    return this.open?.http
  }

  /** The connections for the address and pin of this record. */
  connectTo(record: ServerRecord): PbxHttp {
    const trust = this.trust(record)
    const key = `${trust.url} ${(trust.pin ?? trust.otherPin)?.fingerprint256 ?? ''}`
    if (this.open?.key === key) return this.open.http
    this.close()
    if (key !== this.lastKey) this.unreachable = undefined
    this.lastKey = key
    const { timing, idleMs, bodyMax, log } = this.deps
    const isCurrentLink = (): boolean => this.open?.http === http
    const http: PbxHttp = new PbxHttp({
      ...trust,
      bucket: this.bucket,
      log: ({ operation, status, error, ms }) =>
        log.info(`${operation} ${this.id} ${status ?? '-'} ${error === undefined ? '' : `${error} `}${ms} ms`),
      onUnexpected: (operation, paths) =>
        log.warn(`${operation} ${this.id} missing or unexpected: ${paths.slice(0, 20).join(', ')} (${paths.length})`),
      onReply: () => isCurrentLink() && this.onResponse(),
      onOutOfReach: (error) => isCurrentLink() && this.onNoResponse(error),
      onPaused: (ms) => {
        this.waitUntil = this.timeText(ms)
        this.changed()
      },
      ...(timing && { timing }),
      ...(idleMs !== undefined && { idleMs }),
      ...(bodyMax !== undefined && { bodyMax }),
    })
    this.open = { key, http }
    return http
  }

  /** Completes a handshake without a request and returns the peer. */
  probe(record: ServerRecord, signal: AbortSignal): Promise<Peer> {
    return probe(this.trust(record), signal)
  }

  /** True if `there` presents the same certificate as the current connections. */
  async isSameServer(target: ServerRecord, signal: AbortSignal): Promise<boolean> {
    const currentFingerprint = this.current?.peer().certificate?.fingerprint256
    if (currentFingerprint === undefined) return false
    const peer = await this.probe(target, signal).catch(() => undefined)
    return peer?.certificate?.fingerprint256 === currentFingerprint
  }

  /**
   * The certificate that the server presents in a new handshake, trusted or not. Throws like `presentedCertificate`.
   */
  async readCertificate(record: ServerRecord): Promise<CertificateView> {
    try {
      return await presentedCertificate(activeUrl(record))
    } catch (error) {
      this.onNoResponse(error)
      throw error
    }
  }

  /** Resets what is known about whether the server is reachable. */
  forgetReach(): void {
    this.unreachable = undefined
  }

  /** Records that the PBX did not respond. Also called for handshakes outside the connections of `to`. */
  onNoResponse(error: unknown): void {
    if (!(error instanceof FleetError) || !isOutOfReach(error, false)) return
    const previous = this.unreachable
    const failedAt = this.timeText()
    this.unreachable = { since: previous?.since ?? failedAt, failedAt, error: error.detail }
    if (previous?.error.message !== error.detail.message) this.changed()
  }

  close(): void {
    this.open?.http.dispose()
    this.open = undefined
  }

  /** Records a response: the server is reachable. */
  onResponse(): void {
    this.seen = { url: activeUrl(this.deps.records.get(this.id)), at: this.timeText() }
    const isBack = this.unreachable !== undefined
    this.unreachable = undefined
    const now = (this.deps.timing ?? realTiming).now()
    if (!isBack && now - this.publishedAt < publishEveryMs) return
    this.publishedAt = now
    this.changed()
  }

  /** The current time plus `laterMs`, in RFC 3339. */
  timeText(laterMs = 0): string {
    return new Date((this.deps.wallClock?.() ?? Date.now()) + laterMs).toISOString()
  }

  private trust(record: ServerRecord): TrustOptions {
    const { roots, connectMs } = this.deps
    return {
      url: activeUrl(record),
      pin: pinOf(record),
      otherPin: otherPinOf(record),
      ...(roots && { roots }),
      ...(connectMs !== undefined && { connectMs }),
    }
  }
}
