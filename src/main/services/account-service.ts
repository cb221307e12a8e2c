import { accountNameProblem } from '@shared/domain/account-name'
import { passwordProblem } from '@shared/domain/password-policy'
import type { ServerId, ServerRecord } from '@shared/domain/server'
import type { AccountChange, DoubtSide } from '@shared/domain/session'
import type { Confirmation } from '@shared/domain/write'
import { FleetError } from '@shared/ipc/result'
import { dealers } from '@shared/resources/dealer'
import { resetDealerPassword } from '../portsip/account'
import type { PbxClient } from '../portsip/pbx-client'
import { showRecord } from '../portsip/records'
import { enforceProtection } from './protection'
import type { SessionService } from './session/session-service'

export interface AccountServiceDeps {
  readonly sessions: Pick<SessionService, 'ownAccount' | 'state'>
  readonly client: (serverId: ServerId) => PbxClient
  readonly record: (serverId: ServerId) => ServerRecord
}

type Asked = { readonly serverId: ServerId; readonly confirmation: Confirmation }

function refuse(path: string, message: string | undefined): void {
  if (message === undefined) return
  throw new FleetError({
    code: 'rejected',
    message: 'This cannot be sent as it is',
    hint: 'Nothing was sent.',
    fields: [{ path, message }],
  })
}

/** Names and passwords of administrators and dealers: confirmed, checked by the rules for them, then sent. */
export class AccountService {
  constructor(private readonly deps: AccountServiceDeps) {}

  /** POST /admin/username (from 22.3 on /admin/user/username) or /dealer/username. */
  async changeName({ serverId, name, confirmation }: Asked & { readonly name: string }): Promise<AccountChange> {
    this.signedIn(serverId)
    enforceProtection(this.deps.record(serverId), confirmation)
    refuse('name', accountNameProblem(name))
    return this.deps.sessions.ownAccount(serverId).changeName(name)
  }

  /** POST /admin/password (from 22.3 on /admin/user/password) or /dealer/password. */
  async changePassword(
    args: Asked & { readonly oldPassword: string; readonly newPassword: string },
  ): Promise<AccountChange> {
    const { serverId, oldPassword, newPassword, confirmation } = args
    this.signedIn(serverId)
    enforceProtection(this.deps.record(serverId), confirmation)
    const { username = '' } = this.deps.sessions.state(serverId)
    refuse('newPassword', passwordProblem(newPassword, [username]))
    return this.deps.sessions.ownAccount(serverId).changePassword(oldPassword, newPassword)
  }

  /** After a lost answer: signs in once with the old or with the new one. */
  settle(args: {
    readonly serverId: ServerId
    readonly side: DoubtSide
    readonly password?: string | undefined
    readonly confirmRisk: boolean
  }): Promise<void> {
    return this.deps.sessions.ownAccount(args.serverId).settle(args.side, args.password, args.confirmRisk)
  }

  /** POST /dealers/{id}/password. */
  async resetDealerPassword(args: Asked & { readonly id: string; readonly password: string }): Promise<void> {
    const { serverId, id, password, confirmation } = args
    enforceProtection(this.deps.record(serverId), confirmation)
    const client = this.signedIn(serverId)
    const dealer = await showRecord(client, dealers, id)
    const account = [dealer['name'], dealer['email']].filter((text) => typeof text === 'string')
    refuse('password', passwordProblem(password, account))
    await resetDealerPassword(client, id, password)
  }

  /** Throws where nobody is signed in. */
  private signedIn(serverId: ServerId): PbxClient {
    return this.deps.client(serverId)
  }
}
