import type { CertificateView } from './server'
import type { Guard } from './write'

/** One certificate of a chain; `key` is the type of its key, for example `RSA 2048 bits`. */
export interface ChainCertificate extends CertificateView {
  readonly key: string
}

/** A certificate that this app uploaded to a server. */
export interface UploadedCertificate {
  readonly certificate: CertificateView
  /** RFC 3339. */
  readonly at: string
}

/** The certificate that the web server presents in a new handshake, and whether this app trusts it. */
export interface LiveCertificate {
  readonly shown?: CertificateView
  /** Why it could not be checked. */
  readonly problem?: string
  /** True if the presented certificate is the pinned one; undefined if none is pinned. */
  readonly pinned?: boolean
  readonly uploaded?: UploadedCertificate
}

/** The certificate installed on the PBX (GET /key without the private key), leaf first, and the one it presents. */
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

/** A result of checking files for an upload; `stop` prevents the upload. */
export interface CertificateFinding {
  readonly level: 'stop' | 'warn' | 'ok'
  readonly text: string
}

/** A selected PEM file, with what is in it. */
export interface CertificateFile {
  readonly name: string
  readonly certificates: number
  readonly hasKey: boolean
}

/** PEM files that main keeps for an upload, without the private key. `guards` must be overridden by typing. */
export interface CertificateCandidate {
  readonly id: string
  readonly files: readonly CertificateFile[]
  readonly chain: readonly ChainCertificate[]
  readonly hasKey: boolean
  readonly findings: readonly CertificateFinding[]
  readonly guards: readonly Guard[]
}

/** The command after which the PBX uses the uploaded certificate. */
export const restartCommand = 'docker restart portsip.webserver'
