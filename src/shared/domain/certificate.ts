import type { CertificateView } from './server'
import type { Guard } from './write'

/** One certificate of a chain; `key` says what kind its key is, for example `RSA 2048 bits`. */
export interface ChainCertificate extends CertificateView {
  readonly key: string
}

/** A certificate that was sent to a server through this app. */
export interface UploadedCertificate {
  readonly certificate: CertificateView
  /** RFC 3339. */
  readonly at: string
}

/** What the web server shows in a handshake of its own just now, and whether this app trusts it for this server. */
export interface LiveCertificate {
  readonly shown?: CertificateView
  /** Why it could not be looked at. */
  readonly problem?: string
  /** True where the shown one is the pinned one; absent where nothing is pinned. */
  readonly pinned?: boolean
  readonly uploaded?: UploadedCertificate
}

/** The certificate installed on the PBX (GET /key without the private key), leaf first, beside the one it presents. */
export interface CertificateState {
  readonly chain: readonly ChainCertificate[]
  /** Why the installed one could not be read. */
  readonly problem?: string
  readonly webDomain?: string
  readonly live: LiveCertificate
  /** Shown before another one is uploaded. */
  readonly renewsItself: boolean
  readonly readAt: string
}

/** One thing that was found out about files that are to be uploaded: `stop` keeps them from being sent. */
export interface CertificateFinding {
  readonly level: 'stop' | 'warn' | 'ok'
  readonly text: string
}

/** PEM files that main keeps for an upload, without the private key. `guards` must be overridden by typing. */
export interface CertificateCandidate {
  readonly id: string
  readonly files: readonly string[]
  readonly chain: readonly ChainCertificate[]
  readonly hasKey: boolean
  readonly findings: readonly CertificateFinding[]
  readonly guards: readonly Guard[]
}

/** The command that makes the PBX serve what was uploaded. */
export const restartCommand = 'docker restart portsip.webserver'
