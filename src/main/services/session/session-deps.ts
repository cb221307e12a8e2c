import type { SecureContext } from 'node:tls'
import type { ServerId, ServerRecord } from '@shared/domain/server'
import type { BucketLimits, Timing } from '../../portsip/token-bucket'
import type { KeychainService } from './keychain-service'

/** The part of the workspace that a session uses. */
export interface ServerRecords {
  get(id: ServerId): ServerRecord
  patch(id: ServerId, patch: Partial<ServerRecord>): Promise<ServerRecord>
}

export interface SessionLog {
  info(message: string): unknown
  warn(message: string): unknown
}

export interface SessionDeps {
  readonly records: ServerRecords
  readonly keychain: KeychainService
  readonly log: SessionLog
  /** The following have defaults and are set by tests. */
  readonly roots?: () => Promise<SecureContext>
  readonly timing?: Timing
  readonly wallClock?: () => number
  readonly connectMs?: number
  readonly idleMs?: number
  readonly bodyMax?: number
  readonly limits?: BucketLimits
}
