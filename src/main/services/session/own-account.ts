import type { AccountChange, CredentialCandidate, SessionState } from '@shared/domain/session'
import { FleetError } from '@shared/ipc/result'
import { ownDealer } from '@shared/resources/dealer'
import { accountOperation, changePassword, changeUsername, type AccountScope } from '../../portsip/account'
import type { Credentials } from '../../portsip/auth'
import type { PbxReader } from '../../portsip/pbx-client'
import { showRecord } from '../../portsip/records'
import { UnconfirmedChange } from './unconfirmed-change'
import type { ServerSecrets } from './server-secrets'
import { codeOf, detailOf, notSignedIn } from './session-errors'
import type { Account } from './sign-in-flow'
import type { Approved } from '../writes/approved'
import { confirmedOnly } from '../writes/confirmed-only'
import { isUnknown } from '../writes/unknown-outcome'

export interface OwnAccountDeps {
  readonly reader: PbxReader
  readonly secrets: ServerSecrets
  readonly state: () => SessionState
  readonly account: () => Account
  /** Called after the account got this name; updates session and workspace. Fails with `disk`. */
  readonly onRenamed: (username: string) => Promise<void>
  /** Called when the state changes, also if only the unconfirmed credentials changed. */
  readonly onChange: (patch: Partial<Pick<SessionState, 'passwordStored' | 'passwordForceReset'>>) => void
  /** Reads role and version again. Throws `signed-out` if the PBX has ended the session. */
  readonly identify: () => Promise<void>
  /**
   * Tries a sign-in once; it counts as an attempt. A refusal does not end the current session. Throws `refused`,
   * `denied`, `confirmation-required` and network errors.
   */
  readonly tryOnce: (credentials: Credentials, confirmRisk: boolean) => Promise<void>
}

/** Maps errors of API fields to the fields of the form. */
function toFormFields(error: unknown): unknown {
  const detail = detailOf(error)
  const names: Readonly<Record<string, string>> = { old_password: 'oldPassword', new_password: 'newPassword' }
  if (detail.code === 'refused')
    return new FleetError({
      ...detail,
      code: 'rejected',
      message: 'The PBX refused the current password',
      fields: [{ path: 'oldPassword', message: 'Refused by the PBX' }],
    })
  if (detail.fields === undefined) return error
  const fields = detail.fields.map(({ path, message }) => ({ path: names[path] ?? path, message }))
  return new FleetError({ ...detail, fields }, { cause: error })
}

/**
 * Username and password of the account that is signed in, also in keychain and workspace. If a change gets no response,
 * the old or the new value may be valid; the user then decides which one to try.
 */
export class OwnAccount {
  private unconfirmedChange: UnconfirmedChange | undefined

  constructor(private readonly deps: OwnAccountDeps) {}

  get unconfirmed(): UnconfirmedChange | undefined {
    return this.unconfirmedChange
  }

  /** Called after a sign-in with a password, which settles unconfirmed credentials. */
  settled(): void {
    this.unconfirmedChange = undefined
  }

  async changeName(approved: Approved, name: string): Promise<AccountChange> {
    const { reader } = this.deps
    const accountScope = this.accountScope()
    if (accountScope.role !== 'SystemAdmin' && accountScope.role !== 'Dealer')
      throw new FleetError({
        code: 'forbidden',
        message: 'Only system administrators and dealers can change their username here',
      })
    const old = this.deps.account().username
    /** The last username that was read, if the account can read it. */
    let currentName: unknown
    const settling = {
      find: async () => {
        currentName = (await showRecord(reader, ownDealer))['name']
        return currentName === name ? true : undefined
      },
      missing: 'The username was not changed.',
    }
    try {
      await approved.perform(
        {
          kind: 'change',
          operation: accountOperation(accountScope, 'username'),
          identity: 'own account: username',
          before: { username: old },
          changes: { username: name },
        },
        {
          send: (writer) => changeUsername(writer, accountScope, name),
          readBack: () => Promise.resolve(false),
          noted: (isRead: boolean) => (isRead ? {} : confirmedOnly.noted()),
          ...(accountScope.role === 'Dealer' && { settling }),
        },
      )
    } catch (error) {
      if (isUnknown(error) && currentName !== old)
        this.setUnconfirmed(new UnconfirmedChange('name', { old: { username: old }, new: { username: name } }))
      throw error
    }
    try {
      await this.deps.onRenamed(name)
    } catch (error) {
      const { message } = detailOf(error)
      return { problem: `The username was changed on the PBX, but not in the workspace: ${message}` }
    }
    return {}
  }

  async changePassword(approved: Approved, oldPassword: string, newPassword: string): Promise<AccountChange> {
    const { secrets, account, onChange } = this.deps
    const accountScope = this.accountScope()
    const { username, remember, domain } = account()
    try {
      await approved.perform(
        {
          kind: 'change',
          operation: accountOperation(accountScope, 'password'),
          identity: 'own account: password',
          before: {},
          changes: { password: '(set)' },
        },
        {
          send: (writer) => changePassword(writer, accountScope, oldPassword, newPassword),
          ...confirmedOnly,
          secrets: [oldPassword, newPassword],
        },
      )
    } catch (error) {
      if (!isUnknown(error)) throw toFormFields(error)
      this.setUnconfirmed(
        new UnconfirmedChange('password', {
          old: { username, password: oldPassword },
          new: { username, password: newPassword },
        }),
      )
      // The password in the keychain may be wrong now and would be tried at the next start.
      await secrets.deletePassword()
      onChange({ passwordStored: false })
      throw error
    }
    this.unconfirmedChange = undefined
    const problem = remember ? await secrets.replacePassword(newPassword) : undefined
    onChange({ passwordForceReset: false, passwordStored: remember })
    await this.ensureSignedIn({ username, domain, password: newPassword })
    return problem === undefined ? {} : { problem: `${problem.message}.${problem.hint ? ` ${problem.hint}` : ''}` }
  }

  /** Tries one of the two credentials, once. `password` is for a username whose password is not stored. */
  async settle(candidate: CredentialCandidate, password: string | undefined, confirmRisk: boolean): Promise<void> {
    const { unconfirmedChange, deps } = this
    if (unconfirmedChange === undefined) throw notSignedIn()
    const credentials = unconfirmedChange.credentials(candidate)
    const secret = credentials.password ?? password ?? (await deps.secrets.read()).password
    if (secret === undefined)
      throw new FleetError({
        code: 'rejected',
        message: 'Enter the password',
        fields: [{ path: 'password', message: 'Enter the password' }],
      })
    try {
      await deps.tryOnce(
        { username: credentials.username, domain: deps.account().domain, password: secret },
        confirmRisk,
      )
    } catch (error) {
      if (codeOf(error) === 'refused') unconfirmedChange.refuse(candidate)
      deps.onChange({})
      throw error
    }
    this.unconfirmedChange = undefined
    deps.onChange({})
  }

  /** If the PBX ended the session with the old password, signs in once with the new one. */
  private async ensureSignedIn(credentials: Credentials): Promise<void> {
    try {
      await this.deps.identify()
    } catch (error) {
      if (codeOf(error) === 'signed-out') await this.deps.tryOnce(credentials, false).catch(() => undefined)
    }
  }

  private setUnconfirmed(unconfirmedChange: UnconfirmedChange): void {
    this.unconfirmedChange = unconfirmedChange
    this.deps.onChange({})
  }

  /** The account as far as it is known. Throws `conflict` while an earlier change is unconfirmed. */
  private accountScope(): AccountScope {
    const { role, version } = this.deps.state()
    if (this.unconfirmedChange?.isOpen === true)
      throw new FleetError({ ...this.unconfirmedChange.reason, code: 'conflict' })
    return { role, version, domain: this.deps.account().domain }
  }
}
