import type { ServerId } from '@shared/domain/server'
import type { ImpersonatedTenant } from '@shared/domain/tenant-view'
import type { Confirmation } from '@shared/domain/write'
import { FleetError } from '@shared/ipc/result'
import { tenant } from '@shared/resources/tenant'
import { plainText } from '@shared/text/plain-text'
import { throwIfAborted } from '../../portsip/abort'
import { realTiming, type Timing } from '../../portsip/token-bucket'
import { renameOwnTenant, roleNow, showOwnTenant } from '../../portsip/tenants'
import { publicRecord } from '../records/view'
import type { SecondSession } from '../session/second-session'
import { verifiedBy } from '../writes/verified-by'
import type { Writer } from '../writes/writer'

export interface ImpersonationDeps {
  /** Signs in a second time beside the server's main session. */
  readonly beside: (serverId: ServerId, password: string | undefined) => Promise<SecondSession>
  readonly writer: Writer
  readonly timing?: Pick<Timing, 'after'>
}

/** A view that is being opened. */
interface Starting {
  readonly controller: AbortController
  readonly ended: Promise<unknown>
}

/** Milliseconds that the end of the app leaves to a running change before it signs the second session out. */
const quitWriteMs = 1500

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
  private readonly starting = new Map<ServerId, Starting>()
  /** Changes that are running; they need the session until they are read back. */
  private readonly writes = new Map<ServerId, Promise<unknown>>()

  private readonly endings = new Map<SecondSession, Promise<void>>()
  private stopWaiting = (): void => undefined
  /** Resolves when the app quits and can wait no longer for changes that are running. */
  private readonly waitedEnough = new Promise<void>((resolve) => (this.stopWaiting = resolve))

  constructor(private readonly deps: ImpersonationDeps) {}

  /** Throws the errors of the second sign-in and of the switch, after ending the second session. */
  async start(serverId: ServerId, id: string, password: string | undefined): Promise<ImpersonatedTenant> {
    if (this.starting.has(serverId)) throw alreadyStarting()
    const controller = new AbortController()
    const opening = this.open(serverId, id, password, controller.signal)
    this.starting.set(serverId, { controller, ended: opening.catch(() => undefined) })
    try {
      return await opening
    } finally {
      this.starting.delete(serverId)
    }
  }

  private async open(
    serverId: ServerId,
    id: string,
    password: string | undefined,
    signal: AbortSignal,
  ): Promise<ImpersonatedTenant> {
    try {
      await this.switchBack(serverId)
      const second = await this.deps.beside(serverId, password)
      this.sessions.set(serverId, second)
      throwIfAborted(signal)
      await second.switchTo(id)
      const view = await this.read(second)
      throwIfAborted(signal)
      return view
    } catch (error) {
      await (signal.aborted ? this.switchBack(serverId) : this.end(serverId))
      throw error
    }
  }

  /** POST /tenant, with the name read back. The view ends only after it. */
  async rename(serverId: ServerId, name: string, confirmation: Confirmation): Promise<ImpersonatedTenant> {
    const second = this.sessions.get(serverId)
    if (second === undefined) throw notImpersonating()
    const renaming = this.sendName(second, serverId, name, confirmation)
    this.writes.set(serverId, renaming)
    try {
      return await renaming
    } finally {
      if (this.writes.get(serverId) === renaming) this.writes.delete(serverId)
    }
  }

  private async sendName(
    second: SecondSession,
    serverId: ServerId,
    name: string,
    confirmation: Confirmation,
  ): Promise<ImpersonatedTenant> {
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
    else starting.controller.abort()
  }

  /** Ends all views, because their page is gone. */
  async pageGone(): Promise<void> {
    await Promise.all([...this.sessions.keys(), ...this.starting.keys()].map((serverId) => this.back(serverId)))
  }

  /** Ends all views, because the app quits; a change that is running gets a moment to be read back. */
  async stop(): Promise<void> {
    const { after } = this.deps.timing ?? realTiming
    after(quitWriteMs, this.stopWaiting)
    const starting = [...this.starting.values()].map(({ ended }) => ended)
    await this.pageGone()
    await Promise.all([...starting, ...this.endings.values()])
  }

  /** Once for each session: a page that is closed and the end of the app come together. */
  private async switchBack(serverId: ServerId): Promise<void> {
    const second = this.sessions.get(serverId)
    if (second === undefined) return
    const ending = this.endings.get(second) ?? this.switchBackOnce(serverId, second)
    this.endings.set(second, ending)
    await ending
    this.endings.delete(second)
  }

  private async switchBackOnce(serverId: ServerId, second: SecondSession): Promise<void> {
    const written = this.writes.get(serverId)?.catch(() => undefined)
    await Promise.race([written, this.waitedEnough])
    if (this.sessions.get(serverId) !== second) return
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
