import type { ServerId } from '@shared/domain/server'
import type { ImpersonatedTenant } from '@shared/domain/tenant-view'
import type { Confirmation } from '@shared/domain/write'
import { FleetError } from '@shared/ipc/result'
import { tenant } from '@shared/resources/tenant'
import { plainText } from '@shared/resources/value-text'
import { throwIfAborted } from '../../portsip/abort'
import { renameOwnTenant, roleNow, showOwnTenant } from '../../portsip/tenants'
import { publicRecord } from '../records/view'
import type { SecondSession } from '../session/second-session'
import { verifiedBy } from '../writes/verified-by'
import type { Writer } from '../writes/writer'

export interface ImpersonationDeps {
  /** Signs in a second time beside the server's main session. */
  readonly beside: (serverId: ServerId, password: string | undefined) => Promise<SecondSession>
  readonly writer: Writer
}

const alreadyStarting = (): FleetError =>
  new FleetError({ code: 'rejected', message: 'A tenant view is already being opened on this server' })

const notImpersonating = (): FleetError =>
  new FleetError({ code: 'signed-out', message: 'No tenant view is open on this server' })

/**
 * Views a server as the administrator of one tenant. The switch changes the role of a session on the PBX, so a second
 * session is used and signed out when the view ends.
 */
export class ImpersonationService {
  private readonly sessions = new Map<ServerId, SecondSession>()
  /** Sign-ins that are running; aborted if nobody waits for the view any more. */
  private readonly starting = new Map<ServerId, AbortController>()

  constructor(private readonly deps: ImpersonationDeps) {}

  /** Throws the errors of the second sign-in and of the switch, after ending the second session. */
  async start(serverId: ServerId, id: string, password: string | undefined): Promise<ImpersonatedTenant> {
    if (this.starting.has(serverId)) throw alreadyStarting()
    const starting = new AbortController()
    this.starting.set(serverId, starting)
    try {
      await this.switchBack(serverId)
      const second = await this.deps.beside(serverId, password)
      this.sessions.set(serverId, second)
      throwIfAborted(starting.signal)
      await second.switchTo(id)
      const view = await this.read(second)
      throwIfAborted(starting.signal)
      return view
    } catch (error) {
      await (starting.signal.aborted ? this.switchBack(serverId) : this.end(serverId))
      throw error
    } finally {
      this.starting.delete(serverId)
    }
  }

  /** POST /tenant, with the name read back. */
  async rename(serverId: ServerId, name: string, confirmation: Confirmation): Promise<ImpersonatedTenant> {
    const second = this.sessions.get(serverId)
    if (second === undefined) throw notImpersonating()
    const approved = await this.deps.writer.approve(serverId, confirmation, { access: second.access })
    const before = await approved.before(() => this.read(second))
    const operation = 'POST /tenant'
    const renamed = async (): Promise<ImpersonatedTenant | undefined> => {
      const view = await this.read(second)
      return view.tenant['name'] === name ? view : undefined
    }
    return approved.perform(
      {
        kind: 'change',
        operation,
        identity: `tenant ${plainText(before.tenant['domain'])}`,
        before: { name: plainText(before.tenant['name']) },
        changes: { name },
      },
      {
        send: (writer) => renameOwnTenant(writer, name),
        ...verifiedBy(operation, renamed, 'the tenant does not have the new name'),
      },
    )
  }

  /** Switches back and signs the second session out, if there is one; one that is starting ends as soon as it has signed in. */
  async back(serverId: ServerId): Promise<void> {
    const starting = this.starting.get(serverId)
    if (starting === undefined) await this.switchBack(serverId)
    else starting.abort()
  }

  private async switchBack(serverId: ServerId): Promise<void> {
    const second = this.sessions.get(serverId)
    if (second === undefined) return
    // It is signed out even if switching back fails.
    await second.switchTo(undefined).catch(() => undefined)
    await this.end(serverId)
  }

  /** The main session ended, and with it the connection of the second one. */
  drop(serverId: ServerId): void {
    void this.end(serverId)
  }

  private async end(serverId: ServerId): Promise<void> {
    const second = this.sessions.get(serverId)
    this.sessions.delete(serverId)
    await second?.end()
  }

  private async read({ reader }: SecondSession): Promise<ImpersonatedTenant> {
    const [role, own] = await Promise.all([roleNow(reader), showOwnTenant(reader)])
    return { role, tenant: publicRecord(tenant, own) }
  }
}
