import { emptyServerDraft, type CertificateView, type ServerRecord } from '@shared/domain/server'
import type { SessionState } from '@shared/domain/session'
import type { ServerFacts, Usage } from '@shared/domain/server-facts'
import { boardRow, type BoardRow } from '@shared/fleet/board-row'
import type { ExpiringRules, StoredFacts } from '@shared/fleet/facts'
import type { NewAlert } from '@shared/fleet/raised-file'

const dayMs = 24 * 60 * 60_000

/** The current time in these tests, in the middle of a day of every zone. */
export const now = Date.parse('2026-11-27T12:00:00Z')
export const inDays = (days: number): string => new Date(now + days * dayMs).toISOString()

export const certificate: CertificateView = {
  subject: 'CN=pbx.example.com',
  issuer: 'CN=pbx.example.com',
  validFrom: inDays(-100),
  validTo: inDays(300),
  fingerprint256: Array.from({ length: 32 }, () => 'AB').join(':'),
  altNames: [],
}

/** The facts from the status of a server without alerts. */
export const limits: ServerFacts = {
  owner: 'server',
  readAt: inDays(0),
  users: { used: 10, limit: 100 },
  calls: { used: 0, limit: 50 },
  tenants: {},
  maintenanceExpiresAt: inDays(200),
}

export const server = (more: Partial<ServerRecord> = {}): ServerRecord => ({
  ...emptyServerDraft,
  id: '00000000-0000-4000-8000-000000000001',
  name: 'Berlin',
  address: 'https://pbx.example.com:8887',
  activeAddress: 'first',
  ...more,
})

/** What a dealer reads of a server on which it has these limits. */
export const dealerLimits = (users: Usage, tenants: Usage = { used: 1, limit: 10 }): ServerFacts => ({
  owner: 'dealer',
  readAt: inDays(0),
  users,
  calls: {},
  tenants,
})

/** The certificate as it was read now, and that no rule expires soon. */
export const presented = { readAt: inDays(0), validTo: inDays(300), fingerprint256: certificate.fingerprint256 }
export const noRules: ExpiringRules = { readAt: inDays(0), count: 0, soonest: [] }

/** Changes of a value; undefined removes a field. */
type Changes<T> = { readonly [K in keyof T]?: T[K] | undefined }
const changed = <T extends object>(value: T, changes: Changes<T>): T =>
  Object.fromEntries(Object.entries({ ...value, ...changes }).filter(([, part]) => part !== undefined)) as T

/** A system administrator's session that began a minute ago. */
export const session = (changes: Changes<SessionState> = {}): SessionState =>
  changed<SessionState>(
    {
      serverId: '00000000-0000-4000-8000-000000000001',
      phase: 'signed-in',
      since: new Date(now - 60_000).toISOString(),
      address: 'first',
      role: 'SystemAdmin',
      passwordStored: true,
      failures: 0,
      facts: limits,
      lastSeen: inDays(0),
    },
    changes,
  )

/** Everything is known, and nothing is near its limit or its end. */
export const facts = (changes: Changes<StoredFacts> = {}): StoredFacts =>
  changed<StoredFacts>(
    {
      serverId: '00000000-0000-4000-8000-000000000001',
      role: 'SystemAdmin',
      version: '22.2.10.2137',
      lastResponse: inDays(0),
      limits,
      certificate: presented,
      expiringRules: noRules,
    },
    changes,
  )

interface RowParts {
  readonly server?: Partial<ServerRecord>
  readonly session?: Changes<SessionState>
  readonly facts?: StoredFacts | undefined
  readonly muted?: readonly string[]
  readonly raised?: readonly NewAlert[]
}

/** A row of the board; without changes a server with no alerts. */
export const row = ({ muted = [], raised = [], ...parts }: RowParts = {}): BoardRow => {
  const known = 'facts' in parts ? parts.facts : facts()
  return boardRow(server(parts.server), session(parts.session), known, now, new Set(muted), raised)
}
