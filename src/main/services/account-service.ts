import { accountNameProblem } from '@shared/domain/account-name'
import { blockingProblem, type PasswordRules } from '@shared/domain/password-policy'
import type { ServerId } from '@shared/domain/server'
import type { AccountChange, CredentialCandidate } from '@shared/domain/session'
import type { Confirmation } from '@shared/domain/write'
import { FleetError } from '@shared/ipc/result'
import { dealers } from '@shared/resources/dealer'
import { resetDealerPassword } from '../portsip/account'
import { showRecord } from '../portsip/records'
import { passwordRules } from './password-rules'
import { identityOf } from './records/write-record'
import type { SessionService } from './session/session-service'
import { confirmedOnly } from './writes/confirmed-only'
import type { Writer } from './writes/writer'
import type { Servers } from '../servers/servers'

export interface AccountServiceDeps {
  readonly sessions: Pick<SessionService, 'ownAccount'>
  readonly servers: Pick<Servers, 'reader' | 'state' | 'username'>
  readonly writer: Writer
}

type ConfirmedArgs = { readonly serverId: ServerId; readonly confirmation: Confirmation }

function throwIfInvalid(path: string, message: string | undefined): void {
  if (message === undefined) return
  throw new FleetError({
    code: 'rejected',
    message: 'Some values are not valid',
    hint: 'Nothing was sent.',
    fields: [{ path, message }],
  })
}

/** Changes usernames and passwords of administrators and dealers: confirmed and validated before they are sent. */
export class AccountService {
  constructor(private readonly deps: AccountServiceDeps) {}

  /** POST /admin/username (from 22.3 on /admin/user/username) or /dealer/username. */
  async changeName({
    serverId,
    name,
    confirmation,
  }: ConfirmedArgs & { readonly name: string }): Promise<AccountChange> {
    const approved = await this.deps.writer.approve(serverId, confirmation)
    throwIfInvalid('name', accountNameProblem(name))
    return this.deps.sessions.ownAccount(serverId).changeName(approved, name)
  }

  /** POST /admin/password (from 22.3 on /admin/user/password) or /dealer/password. */
  async changePassword(
    args: ConfirmedArgs & { readonly oldPassword: string; readonly newPassword: string },
  ): Promise<AccountChange> {
    const { serverId, oldPassword, newPassword, confirmation } = args
    const approved = await this.deps.writer.approve(serverId, confirmation)
    const username = this.deps.servers.username(serverId)
    throwIfInvalid('newPassword', blockingProblem(newPassword, [username], await this.passwordRules(serverId, 'own')))
    return this.deps.sessions.ownAccount(serverId).changePassword(approved, oldPassword, newPassword)
  }

  /** The rules for a new password of this account, or of a dealer that it manages. Never fails. */
  passwordRules(serverId: ServerId, whose: 'own' | 'dealer'): Promise<PasswordRules> {
    const { servers } = this.deps
    return passwordRules(servers.reader(serverId), servers.state(serverId), whose)
  }

  /** After a change without a response: signs in once with the old or the new value. */
  settle(args: {
    readonly serverId: ServerId
    readonly candidate: CredentialCandidate
    readonly password?: string | undefined
    readonly confirmRisk: boolean
  }): Promise<void> {
    return this.deps.sessions.ownAccount(args.serverId).settle(args.candidate, args.password, args.confirmRisk)
  }

  /** POST /dealers/{id}/password. */
  async resetDealerPassword(args: ConfirmedArgs & { readonly id: string; readonly password: string }): Promise<void> {
    const { serverId, id, password, confirmation } = args
    const approved = await this.deps.writer.approve(serverId, confirmation)
    const dealer = await approved.before(() => showRecord(this.deps.servers.reader(serverId), dealers, id))
    const account = [dealer['name'], dealer['email']].filter((text) => typeof text === 'string')
    throwIfInvalid('password', blockingProblem(password, account, await this.passwordRules(serverId, 'dealer')))
    await approved.perform(
      {
        kind: 'change',
        operation: 'POST /dealers/{id}/password',
        identity: `${identityOf(dealers, dealer)}: password`,
        id,
        before: {},
        changes: { password: '(set)' },
      },
      {
        send: (writer) => resetDealerPassword(writer, id, password),
        ...confirmedOnly,
        secrets: [password],
      },
    )
  }
}
