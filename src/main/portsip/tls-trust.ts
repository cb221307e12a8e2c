import { X509Certificate } from 'node:crypto'
import { Agent as HttpAgent } from 'node:http'
import { Agent as HttpsAgent } from 'node:https'
import { isIP, type Socket } from 'node:net'
import { connect, TLSSocket, type SecureContext } from 'node:tls'
import type { CertificateView } from '@shared/domain/server'
import { FleetError } from '@shared/ipc/result'
import { parseAddress } from '@shared/domain/address'
import { abortReason } from './abort'
import { certificateView } from './certificate-view'
import { certificateProblem } from './certificate-problem'
import { connectError, notConnected, tookTooLong } from './connect-error'
import { noRoots, systemRoots } from './trusted-roots'

/** `tls-untrusted` or `tls-changed`, with what a person needs to decide. */
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
  readonly connectMs?: number
  readonly roots?: () => Promise<SecureContext>
}

/** What is known of the server after a handshake; `certificate` is absent for plain http on loopback. */
export interface Peer {
  readonly certificate?: CertificateView
  readonly localAddress?: string
  readonly remoteAddress?: string
}

const socketsMax = 8
const connectMs = 5_000
/** Idle connections go well before a server or a firewall drops them: a write must not meet a dead one. */
const idleSocketMs = 10_000

/** Not through `getPeerX509Certificate`: each call takes one certificate out of the chain, and the next finds none. */
function shownBy(socket: Socket): X509Certificate | undefined {
  if (!(socket instanceof TLSSocket)) return undefined
  const raw: Buffer | undefined = socket.getPeerCertificate().raw
  return raw === undefined ? undefined : new X509Certificate(raw)
}

const peerOf = (socket: Socket): Peer => {
  const { localAddress, remoteAddress } = socket
  const addresses = { ...(localAddress && { localAddress }), ...(remoteAddress && { remoteAddress }) }
  const certificate = shownBy(socket)
  return certificate ? { ...addresses, certificate: certificateView(certificate) } : addresses
}

/**
 * Decides about the certificate of a finished handshake. With a pin it must be that very certificate, whatever else speaks for another one; without,
 * it must chain to the roots, name the host and be in date. Undefined means trusted.
 */
function judge(socket: TLSSocket, pin: CertificateView | undefined): FleetError | undefined {
  const raw = shownBy(socket)
  if (raw === undefined) return new FleetError({ code: 'tls-invalid', message: 'The server presented no certificate' })
  const shown = certificateView(raw)
  if (pin !== undefined) {
    if (pin.fingerprint256 === shown.fingerprint256) return undefined
    return new CertificateError('tls-changed', shown, pin, certificateProblem(raw, undefined))
  }
  if (socket.authorized) return undefined
  return new CertificateError('tls-untrusted', shown, undefined, certificateProblem(raw, socket.authorizationError))
}

/** Connects and shakes hands; resolves only with a socket that is trusted and on which nothing was written yet. */
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
      // The decision is ours, below, before a byte of HTTP: with this on, an error would not tell which certificate it was.
      rejectUnauthorized: false,
      ...(isIP(host) === 0 && { servername: host }),
    })
    const give = (error: unknown): void => {
      cleanUp()
      socket.on('error', () => undefined)
      socket.destroy()
      reject(error)
    }
    const timer = setTimeout(() => give(tookTooLong(limit)), limit)
    const onAbort = (): void => give(signal && abortReason(signal))
    const onError = (error: NodeJS.ErrnoException): void => give(connectError(error))
    const onClose = (): void => give(notConnected())
    const cleanUp = (): void => {
      clearTimeout(timer)
      signal?.removeEventListener('abort', onAbort)
      socket.off('error', onError).off('close', onClose)
    }
    signal?.addEventListener('abort', onAbort, { once: true })
    socket.once('error', onError).once('close', onClose)
    socket.once('secureConnect', () => {
      const refusal = judge(socket, options.pin)
      if (refusal !== undefined) return give(refusal)
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
    private readonly met: (peer: Peer) => void,
  ) {
    super({
      keepAlive: true,
      maxSockets: socketsMax,
      maxFreeSockets: socketsMax,
      timeout: idleSocketMs,
      scheduling: 'lifo',
    })
  }

  /** Node takes the socket through the callback where none is returned; it writes the request only then. */
  override createConnection(_options: unknown, created: unknown): undefined {
    const answer = created as OnCreate
    openTrusted(this.trust).then(
      (socket) => {
        this.met(peerOf(socket))
        answer(null, socket)
      },
      (error: unknown) => answer(error instanceof Error ? error : notConnected()),
    )
  }
}

/**
 * The connections to one address of one server: eight at most, kept alive, each with its certificate checked by itself. Throws FleetError `rejected`
 * for plain http to anything but loopback.
 */
export function trustingAgent(trust: TrustOptions, met: (peer: Peer) => void): HttpAgent | HttpsAgent {
  const checked = parseAddress(trust.url)
  if (!checked.ok) throw new FleetError({ code: 'rejected', message: checked.message })
  if (checked.url.startsWith('https:')) return new TrustingAgent(trust, met)
  return new HttpAgent({ keepAlive: true, maxSockets: socketsMax, timeout: idleSocketMs })
}

/** Shakes hands and hangs up: says who answers there. Throws CertificateError, `tls-invalid`, `offline`, `timeout`. */
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

/** The certificate that a server shows now, trusted or not; nothing is sent. Throws like `probe`, but never CertificateError. */
export async function certificateShown(url: string): Promise<CertificateView> {
  try {
    const { certificate } = await probe({ url, pin: undefined })
    if (certificate !== undefined) return certificate
  } catch (error) {
    if (error instanceof CertificateError) return error.certificate
    throw error
  }
  throw new FleetError({ code: 'tls-invalid', message: 'The server presented no certificate' })
}
