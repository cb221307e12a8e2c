import type { PracticeFaults, PracticeVersion } from '@shared/domain/practice'
import type { CertificateKind, Identity } from './certificate'

export type { PracticeVersion } from '@shared/domain/practice'

/** An administrator with a role of 22.3 or later, such as `Site Admin`; or a user of the first tenant. */
export interface MoreAccount {
  readonly username: string
  readonly role: 'SystemAdmin' | 'StandardUser' | 'StandardInternationalUser' | 'QueueManager'
  readonly roleName?: string
  /** Such as `Trunk.ViewOnly`. */
  readonly capabilities?: readonly string[]
}

/** Options of a practice server; for the defaults see `defaultOptions`. */
export interface PracticeOptions {
  /** 0: any free port. */
  readonly port?: number
  /** A loopback address. */
  readonly host?: string
  readonly seed?: number
  readonly rules?: number
  readonly tenants?: number
  readonly dealers?: number
  /** Users in use and licensed; by default a fifth of the extensions of all tenants, and the next larger license. */
  readonly currentUsers?: number
  readonly licensedUsers?: number
  readonly currentCalls?: number
  readonly maxConcurrentCalls?: number
  /** Days from now until the maintenance ends; negative if it has ended. */
  readonly maintenanceDays?: number
  /** Days from now until the allow rules of SBC, IM server and cluster expire; no other allow rule does then. */
  readonly serviceRuleDays?: number
  /** Milliseconds for which a deleted tenant remains in the list. */
  readonly tenantDestroyMs?: number
  readonly version?: PracticeVersion
  readonly latencyMs?: number
  /** Whether a sign-in requires a second step. */
  readonly otp?: boolean
  /** Seconds after which a code for the second step expires; the documents do not say how long codes are valid. */
  readonly codeSeconds?: number
  /** Opens a second route to the server, on a free port; its requests come from this address. */
  readonly secondRouteFrom?: string
  /** Further accounts. */
  readonly moreAccounts?: readonly MoreAccount[]
  readonly tokenSeconds?: number
  /** More failed sign-ins block the caller's address. */
  readonly lockOutAfter?: number
  readonly lockOutSeconds?: number
  /** Addresses that are already blocked at the start. */
  readonly blockedAddresses?: readonly string[]
  /** Requests per minute and address; further ones get 429. */
  readonly perMinute?: number
  readonly username?: string
  readonly password?: string
  /** The longest password of administrators and dealers, which they can read from 22.6 on. */
  readonly passwordMax?: number
  /** Whether the accounts must change their password. */
  readonly passwordForceReset?: boolean
  readonly certificate?: CertificateKind
  /** Days from now until the certificate expires; negative if it has expired. Not for the kind `expired`. */
  readonly certificateDays?: number
  /** The kind of certificate for the fault `certificateChanged`. */
  readonly changedCertificate?: CertificateKind
  /** The host name of the web portal. */
  readonly webDomain?: string
  /** Host names and addresses of the certificates; by default loopback. */
  readonly certificateNames?: readonly string[]
  /** A key pair from an earlier start, instead of a new one. */
  readonly identity?: Pick<Identity, 'key' | 'cert'>
  /** Seconds for which GET /license returns the old key after an activation. */
  readonly licenseSeconds?: number
  readonly faults?: Partial<PracticeFaults>
  /** Maximum number of requests recorded for tests; 0 records none. */
  readonly recordLimit?: number
}

type Optional =
  | 'secondRouteFrom'
  | 'identity'
  | 'certificateNames'
  | 'faults'
  | 'currentUsers'
  | 'licensedUsers'
  | 'serviceRuleDays'
  | 'blockedAddresses'
export type ResolvedOptions = Required<Omit<PracticeOptions, Optional>> & Pick<PracticeOptions, Optional>

export const defaultOptions: ResolvedOptions = {
  port: 0,
  host: '127.0.0.1',
  seed: 1,
  rules: 250,
  tenants: 40,
  dealers: 12,
  currentCalls: 37,
  maxConcurrentCalls: 400,
  maintenanceDays: 41,
  tenantDestroyMs: 8000,
  version: '22.2',
  latencyMs: 0,
  otp: false,
  codeSeconds: 300,
  moreAccounts: [],
  tokenSeconds: 1800,
  lockOutAfter: 5,
  lockOutSeconds: 3600,
  perMinute: 5000,
  username: 'admin',
  password: 'Practice-Pbx-7',
  passwordMax: 32,
  passwordForceReset: false,
  certificate: 'valid-self-signed',
  certificateDays: 365,
  webDomain: 'pbx.example.com',
  changedCertificate: 'valid-self-signed',
  licenseSeconds: 2,
  recordLimit: 20_000,
}
