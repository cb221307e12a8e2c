import type { ServerId, ServerRecord } from '@shared/domain/server'
import type { WriteSource } from '@shared/domain/journal'
import type { Confirmation, Guard } from '@shared/domain/write'
import { realTiming, type Timing } from '../../portsip/token-bucket'
import { enforceGuards } from '../enforce-guards'
import { enforceProtection, enforceTypedName } from '../protection'
import { Approved, type WriteAccess } from './approved'
import type { WriteLog } from './write'

export interface WriterDeps {
  readonly servers: { record(serverId: ServerId): Pick<ServerRecord, 'name' | 'protection'> }
  /** Throws `signed-out` or `denied`. */
  readonly access: (serverId: ServerId) => WriteAccess
  /** The journal for changes to this server from this source, with the note of their review. */
  readonly log: (serverId: ServerId, source: WriteSource, note?: string) => WriteLog
  readonly timing?: Timing
}

export interface ApprovalRules {
  /** Guards of the change; read after the protection level allows it. */
  readonly safetyChecks?: () => Promise<readonly Guard[]>
  /** The server's name must be typed at every protection level. */
  readonly typedName?: boolean
  /** Sends through another session than the server's main one. */
  readonly access?: WriteAccess
  /** Source of the change; by default a form. */
  readonly source?: WriteSource
}

/** The only way to change a server: every change is approved here and sent with the approval. */
export class Writer {
  constructor(private readonly deps: WriterDeps) {}

  /** Throws `read-only`, `confirmation-required` or `guarded` if the confirmation is not sufficient. */
  async approve(
    serverId: ServerId,
    confirmation: Confirmation,
    { safetyChecks, typedName = false, access, source = { kind: 'form' } }: ApprovalRules = {},
  ): Promise<Approved> {
    const enforce = typedName ? enforceTypedName : enforceProtection
    enforce(this.deps.servers.record(serverId), confirmation)
    const createApproved = this.approved(serverId, access ?? this.deps.access(serverId), source, confirmation.note)
    if (safetyChecks !== undefined) enforceGuards(await createApproved.before(safetyChecks), confirmation)
    return createApproved
  }

  /** For an action that changes nothing on the server, such as a test email; works at every protection level. */
  approveAction(serverId: ServerId): Approved {
    return this.approved(serverId, this.deps.access(serverId), { kind: 'form' })
  }

  private approved(serverId: ServerId, access: WriteAccess, source: WriteSource, note?: string): Approved {
    const { after } = this.deps.timing ?? realTiming
    const logOf = (changeSource: WriteSource): WriteLog => this.deps.log(serverId, changeSource, note)
    return new Approved(access, logOf, source, (ms) => new Promise((resolve) => void after(ms, resolve)))
  }
}
