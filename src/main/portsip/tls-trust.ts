import { X509Certificate } from 'node:crypto'
import { Agent as HttpAgent } from 'node:http'
import { Agent as HttpsAgent } from 'node:https'
import { isIP, type Socket } from 'node:net'
import { connect, TLSSocket, type SecureContext } from 'node:tls'
import type { CertificateView } from '@shared/domain/server'
import { FleetError } from '@shared/ipc/result'
import { parseAddress } from '@shared/domain/address'
import { replyValues } from '@shared/limits/reply'
import { abortReason } from './abort'
import { certificateView } from './certificate-view'
import { certificateProblem } from './certificate-problem'
import { connectError, notConnected, connectTimeout } from './connect-error'
import { noRoots, systemRoots } from './trusted-roots'

/** `tls-untrusted` or `tls-changed`, with the certificates to compare. */
export class CertificateError extends FleetError {
  constructor(
    code: 'tls-untrusted' | 'tls-changed',
    readonly certificate: CertificateView,
    readonly pinned: CertificateView | undefined,
    readonly problem: string,
  ) {
    const message =
      code === 'tls-changed'
        ? 'The certificate of the server has changed'
        : 'The certificate of the server is not trusted'
    super({ code, message, hint: problem })
  }
}

export interface TrustOptions {
  /** Origin, `https://host:port`. */
  readonly url: string
  readonly pin: CertificateView | undefined
  /** Trusted at another address of the same server, and therefore here, too. */
  readonly otherPin?: CertificateView | undefined
  readonly connectMs?: number
  readonly roots?: () => Promise<SecureContext>
}

/** The server of the last handshake; `certificate` is absent for plain HTTP on loopback. */
export interface Peer {
  readonly certificate?: CertificateView
  readonly localAddress?: string
  readonly remoteAddress?: string
}

const socketsMax = 8
const { connectMs } = replyValues
/** Idle connections are closed before a server or a firewall drops them, so that no write uses a dead one. */
const idleSocketMs = 10_000

/** The certificates that were judged: parsing one takes about a millisecond, and hundreds of connections are opened together. */
const presentedCertificates = new WeakMap<TLSSocket, X509Certificate>()

/** Not `getPeerX509Certificate`: each call removes one certificate from the chain, so the next call finds none. */
function presentedBy(socket: Socket): X509Certificate | undefined {
  if (!(socket instanceof TLSSocket)) return undefined
  const known = presentedCertificates.get(socket)
  if (known !== undefined) return known
  const raw: Buffer | undefined = socket.getPeerCertificate().raw
  if (raw === undefined) return undefined
  const certificate = new X509Certificate(raw)
  presentedCertificates.set(socket, certificate)
  return certificate
}

const peerOf = (socket: Socket): Peer => {
  const { localAddress, remoteAddress } = socket
  const addresses = { ...(localAddress && { localAddress }), ...(remoteAddress && { remoteAddress }) }
  const certificate = presentedBy(socket)
  return certificate ? { ...addresses, certificate: certificateView(certificate) } : addresses
}

/**
 * Judges the certificate of a finished handshake. With a pin, it must be exactly the pinned certificate; without, it
 * must chain to the roots, name the host and be valid now. The pin of the other address is always trusted. Undefined
 * means trusted.
 */
function judge(socket: TLSSocket, host: string, { pin, otherPin }: TrustOptions): FleetError | undefined {
  const raw = presentedBy(socket)
  if (raw === undefined) return new FleetError({ code: 'tls-invalid', message: 'The server presented no certificate' })
  const presented = certificateView(raw)
  if (otherPin?.fingerprint256 === presented.fingerprint256) return undefined
  if (pin !== undefined) {
    if (pin.fingerprint256 === presented.fingerprint256) return undefined
    return new CertificateError('tls-changed', presented, pin, certificateProblem(raw, undefined, host))
  }
  if (socket.authorized) return undefined
  return new CertificateError(
    'tls-untrusted',
    presented,
    undefined,
    certificateProblem(raw, socket.authorizationError, host),
  )
}

/** Connects and completes the handshake. Resolves only with a trusted socket to which nothing was written yet. */
export async function openTrusted(options: TrustOptions, signal?: AbortSignal): Promise<TLSSocket> {
  const { hostname, port } = new URL(options.url)
  const host = hostname.replace(/^\[|\]$/g, '')
  const secureContext = options.pin === undefined ? await (options.roots ?? systemRoots)() : noRoots()
  const limit = options.connectMs ?? connectMs
  return new Promise((resolve, reject) => {
    if (signal?.aborted) return reject(abortReason(signal))
    const socket = connect({
      host,
      port: Number(port || 443),
      secureContext,
      minVersion: 'TLSv1.2',
      ALPNProtocols: ['http/1.1'],
      // `judge` decides below, before any HTTP is sent. With this set to true, the error would not contain the
      // certificate.
      rejectUnauthorized: false,
      ...(isIP(host) === 0 && { servername: host }),
    })
    const fail = (error: unknown): void => {
      cleanUp()
      socket.on('error', () => undefined)
      socket.destroy()
      reject(error)
    }
    const timer = setTimeout(() => fail(connectTimeout(limit)), limit)
    const onAbort = (): void => fail(signal && abortReason(signal))
    const onError = (error: NodeJS.ErrnoException): void => fail(connectError(error))
    const onClose = (): void => fail(notConnected())
    const cleanUp = (): void => {
      clearTimeout(timer)
      signal?.removeEventListener('abort', onAbort)
      socket.off('error', onError).off('close', onClose)
    }
    signal?.addEventListener('abort', onAbort, { once: true })
    socket.once('error', onError).once('close', onClose)
    socket.once('secureConnect', () => {
      const refusal = judge(socket, host, options)
      if (refusal !== undefined) return fail(refusal)
      cleanUp()
      socket.setNoDelay(true)
      resolve(socket)
    })
  })
}

type OnCreate = (error: Error | null, socket?: Socket) => void

class TrustingAgent extends HttpsAgent {
  constructor(
    private readonly trust: TrustOptions,
    private readonly onPeer: (peer: Peer) => void,
  ) {
    super({
      keepAlive: true,
      maxSockets: socketsMax,
      maxFreeSockets: socketsMax,
      timeout: idleSocketMs,
      scheduling: 'lifo',
    })
  }

  /** If nothing is returned, Node waits for the callback with the socket before it writes the request. */
  override createConnection(_options: unknown, created: unknown): undefined {
    const callback = created as OnCreate
    openTrusted(this.trust).then(
      (socket) => {
        this.onPeer(peerOf(socket))
        callback(null, socket)
      },
      (error: unknown) => callback(error instanceof Error ? error : notConnected()),
    )
  }
}

/**
 * Connections to one address of a server: up to eight, kept alive, each with its certificate checked. Throws FleetError
 * `rejected` for plain HTTP to anything but loopback.
 */
export function trustingAgent(trust: TrustOptions, onPeer: (peer: Peer) => void): HttpAgent | HttpsAgent {
  const checked = parseAddress(trust.url)
  if (!checked.ok) throw new FleetError({ code: 'rejected', message: checked.message })
  if (checked.url.startsWith('https:')) return new TrustingAgent(trust, onPeer)
  return new HttpAgent({ keepAlive: true, maxSockets: socketsMax, timeout: idleSocketMs })
}

/**
 * Completes a handshake, disconnects and returns the peer. Throws CertificateError, `tls-invalid`, `offline`,
 * `timeout`.
 */
export async function probe(trust: TrustOptions, signal?: AbortSignal): Promise<Peer> {
  const checked = parseAddress(trust.url)
  if (!checked.ok) throw new FleetError({ code: 'rejected', message: checked.message })
  if (checked.url.startsWith('http:')) return {}
  const socket = await openTrusted(trust, signal)
  const peer = peerOf(socket)
  socket.on('error', () => undefined)
  socket.end()
  return peer
}

/**
 * The certificate that a server presents now, trusted or not; no request is sent. Throws like `probe`, but never
 * CertificateError.
 */
export async function presentedCertificate(url: string): Promise<CertificateView> {
  try {
    const { certificate } = await probe({ url, pin: undefined })
    if (certificate !== undefined) return certificate
  } catch (error) {
    if (error instanceof CertificateError) return error.certificate
    throw error
  }
  throw new FleetError({ code: 'tls-invalid', message: 'The server presented no certificate' })
}
