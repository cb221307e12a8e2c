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
  /** The journal, for changes to this server from this source, with the note of their review. */
  readonly log: (serverId: ServerId, source: WriteSource, note?: string) => WriteLog
  readonly timing?: Timing
}

export interface ApprovalRules {
  /** What stands against the change; read once the protection level allows it. */
  readonly safetyChecks?: () => Promise<readonly Guard[]>
  /** The server's name must be typed, whatever the protection level is. */
  readonly typedName?: boolean
  /** Sends through another session than the server's main one. */
  readonly access?: WriteAccess
  /** What makes the change; a form where nothing else is said. */
  readonly source?: WriteSource
}

/** The one way to change a server: every change is approved here, and sent by what an approval gives. */
export class Writer {
  constructor(private readonly deps: WriterDeps) {}

  /** Throws `read-only`, `confirmation-required` or `guarded` where the change is not confirmed as it has to be. */
  async approve(
    serverId: ServerId,
    confirmation: Confirmation,
    { safetyChecks, typedName = false, access, source = { kind: 'form' } }: ApprovalRules = {},
  ): Promise<Approved> {
    const enforce = typedName ? enforceTypedName : enforceProtection
    enforce(this.deps.servers.record(serverId), confirmation)
    const approved = this.approved(serverId, access ?? this.deps.access(serverId), source, confirmation.note)
    if (safetyChecks !== undefined) enforceGuards(await approved.before(safetyChecks), confirmation)
    return approved
  }

  /** For an action that changes nothing on the server, such as a test email: no protection level stands against it. */
  approveAction(serverId: ServerId): Approved {
    return this.approved(serverId, this.deps.access(serverId), { kind: 'form' })
  }

  private approved(serverId: ServerId, access: WriteAccess, source: WriteSource, note?: string): Approved {
    const { after } = this.deps.timing ?? realTiming
    const logOf = (of: WriteSource): WriteLog => this.deps.log(serverId, of, note)
    return new Approved(access, logOf, source, (ms) => new Promise((resolve) => void after(ms, resolve)))
  }
}
