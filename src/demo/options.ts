import type { PracticeFaults } from '@shared/domain/practice'
import type { CertificateKind, Identity } from './certificate'

export type PracticeVersion = '22.0' | '22.2' | '22.6'

/** How a practice server is set up. Everything has a default; see `defaultOptions`. */
export interface PracticeOptions {
  /** 0: any free port. */
  readonly port?: number
  /** A loopback address. */
  readonly host?: string
  readonly seed?: number
  readonly rules?: number
  readonly tenants?: number
  readonly dealers?: number
  /** How long a tenant that was deleted stays in the list, in milliseconds. */
  readonly tenantDestroyMs?: number
  readonly version?: PracticeVersion
  readonly latencyMs?: number
  /** Whether signing in takes a second step. */
  readonly otp?: boolean
  readonly tokenSeconds?: number
  /** More failed sign-ins than this block the caller's address. */
  readonly lockOutAfter?: number
  readonly lockOutSeconds?: number
  /** Requests that one address may send in a minute before it gets 429. */
  readonly perMinute?: number
  readonly username?: string
  readonly password?: string
  /** Whether the accounts must change their password. */
  readonly passwordForceReset?: boolean
  readonly certificate?: CertificateKind
  /** The kind that the fault `certificateChanged` swaps to. */
  readonly changedCertificate?: CertificateKind
  /** Host names and addresses of the certificates; loopback without it. */
  readonly certificateNames?: readonly string[]
  /** A key pair kept from an earlier start, instead of a new one. */
  readonly identity?: Pick<Identity, 'key' | 'cert'>
  /** How long GET /license goes on showing the old key after an activation. */
  readonly licenseSeconds?: number
  readonly faults?: Partial<PracticeFaults>
  /** How many requests are kept for tests; 0 keeps none. */
  readonly recordLimit?: number
}

type Optional = 'identity' | 'certificateNames' | 'faults'
export type ResolvedOptions = Required<Omit<PracticeOptions, Optional>> & Pick<PracticeOptions, Optional>

export const defaultOptions: ResolvedOptions = {
  port: 0,
  host: '127.0.0.1',
  seed: 1,
  rules: 250,
  tenants: 40,
  dealers: 12,
  tenantDestroyMs: 8000,
  version: '22.2',
  latencyMs: 0,
  otp: false,
  tokenSeconds: 1800,
  lockOutAfter: 5,
  lockOutSeconds: 3600,
  perMinute: 5000,
  username: 'admin',
  password: 'Practice-Pbx-7',
  passwordForceReset: false,
  certificate: 'valid-self-signed',
  changedCertificate: 'valid-self-signed',
  licenseSeconds: 2,
  recordLimit: 20_000,
}
