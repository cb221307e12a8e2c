import type { AccountChange, DoubtSide, SessionState } from '@shared/domain/session'
import { FleetError } from '@shared/ipc/result'
import { ownDealer } from '@shared/resources/dealer'
import { accountOperation, changePassword, changeUsername, type AccountPlace } from '../../portsip/account'
import type { Credentials } from '../../portsip/auth'
import type { PbxReader } from '../../portsip/pbx-client'
import { showRecord } from '../../portsip/records'
import { Doubt } from './credential-doubt'
import type { ServerSecrets } from './server-secrets'
import { codeOf, detailOf, nobodySignedIn } from './session-errors'
import type { Account } from './sign-in-flow'
import type { Approved } from '../writes/approved'
import { confirmedOnly } from '../writes/confirmed-only'
import { isUnknown } from '../writes/unknown-outcome'

export interface OwnAccountDeps {
  readonly reader: PbxReader
  readonly secrets: ServerSecrets
  readonly state: () => SessionState
  readonly account: () => Account
  /** The account has this name from now on: session and workspace follow. Fails with `disk`. */
  readonly renamed: (username: string) => Promise<void>
  /** What a change means for the state; told also when only the doubt changed. */
  readonly changed: (patch: Partial<Pick<SessionState, 'passwordStored' | 'passwordForceReset'>>) => void
  /** Reads role and version again. Throws `signed-out` where the PBX has ended the session. */
  readonly identify: () => Promise<void>
  /** Signs in once, counted. A refusal leaves the session that stands as it is. Throws `refused`, `denied`, `confirmation-required` and what a network does. */
  readonly tryOnce: (credentials: Credentials, confirmRisk: boolean) => Promise<void>
}

/** Complaints about the API's fields, at the fields of our form. */
function atFields(error: unknown): unknown {
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
 * Name and password of whoever is signed in, and the keychain and workspace that follow them. When an answer is lost, nobody knows which one holds:
 * that is told, and a person decides what is tried.
 */
export class OwnAccount {
  private doubt: Doubt | undefined

  constructor(private readonly deps: OwnAccountDeps) {}

  get inDoubt(): Doubt | undefined {
    return this.doubt
  }

  /** Somebody signed in with a password: what was in doubt is known. */
  settled(): void {
    this.doubt = undefined
  }

  async changeName(approved: Approved, name: string): Promise<AccountChange> {
    const { reader } = this.deps
    const place = this.place()
    if (place.role !== 'SystemAdmin' && place.role !== 'Dealer')
      throw new FleetError({
        code: 'forbidden',
        message: 'Only system administrators and dealers can change their username here',
      })
    const old = this.deps.account().username
    /** The name as it was read last, where the account can read it. */
    let now: unknown
    const settling = {
      find: async () => {
        now = (await showRecord(reader, ownDealer))['name']
        return now === name ? true : undefined
      },
      missing: 'The username was not changed.',
    }
    try {
      await approved.perform(
        {
          kind: 'change',
          operation: accountOperation(place, 'username'),
          identity: 'own account: username',
          before: { username: old },
          changes: { username: name },
        },
        {
          send: (writer) => changeUsername(writer, place, name),
          readBack: () => Promise.resolve(false),
          noted: (isRead: boolean) => (isRead ? {} : confirmedOnly.noted()),
          ...(place.role === 'Dealer' && { settling }),
        },
      )
    } catch (error) {
      if (isUnknown(error) && now !== old)
        this.enter(new Doubt('name', { old: { username: old }, new: { username: name } }))
      throw error
    }
    try {
      await this.deps.renamed(name)
    } catch (error) {
      const { message } = detailOf(error)
      return { problem: `The username was changed on the PBX, but not in the workspace: ${message}` }
    }
    return {}
  }

  async changePassword(approved: Approved, oldPassword: string, newPassword: string): Promise<AccountChange> {
    const { secrets, account, changed } = this.deps
    const place = this.place()
    const { username, remember, domain } = account()
    try {
      await approved.perform(
        {
          kind: 'change',
          operation: accountOperation(place, 'password'),
          identity: 'own account: password',
          before: {},
          changes: { password: '(set)' },
        },
        {
          send: (writer) => changePassword(writer, place, oldPassword, newPassword),
          ...confirmedOnly,
          secrets: [oldPassword, newPassword],
        },
      )
    } catch (error) {
      if (!isUnknown(error)) throw atFields(error)
      this.enter(
        new Doubt('password', { old: { username, password: oldPassword }, new: { username, password: newPassword } }),
      )
      // What the keychain holds may be wrong from now on, and would be tried at the next start.
      await secrets.dropPassword()
      changed({ passwordStored: false })
      throw error
    }
    this.doubt = undefined
    const problem = remember ? await secrets.replacePassword(newPassword) : undefined
    changed({ passwordForceReset: false, passwordStored: remember })
    await this.goOn({ username, domain, password: newPassword })
    return problem === undefined ? {} : { problem: `${problem.message}.${problem.hint ? ` ${problem.hint}` : ''}` }
  }

  /** Tries one of the two, once. `password` is for a name whose password is kept nowhere. */
  async settle(side: DoubtSide, password: string | undefined, confirmRisk: boolean): Promise<void> {
    const { doubt, deps } = this
    if (doubt === undefined) throw nobodySignedIn()
    const known = doubt.credentials(side)
    const secret = known.password ?? password ?? (await deps.secrets.read()).password
    if (secret === undefined)
      throw new FleetError({
        code: 'rejected',
        message: 'Enter the password',
        fields: [{ path: 'password', message: 'Enter the password' }],
      })
    try {
      await deps.tryOnce({ username: known.username, domain: deps.account().domain, password: secret }, confirmRisk)
    } catch (error) {
      if (codeOf(error) === 'refused') doubt.refuse(side)
      deps.changed({})
      throw error
    }
    this.doubt = undefined
    deps.changed({})
  }

  /** A PBX that ended the session with the old password is signed in to once with the new one. */
  private async goOn(credentials: Credentials): Promise<void> {
    try {
      await this.deps.identify()
    } catch (error) {
      if (codeOf(error) === 'signed-out') await this.deps.tryOnce(credentials, false).catch(() => undefined)
    }
  }

  private enter(doubt: Doubt): void {
    this.doubt = doubt
    this.deps.changed({})
  }

  /** What is known of the account. Throws `conflict` while an earlier change is unconfirmed. */
  private place(): AccountPlace {
    const { role, version } = this.deps.state()
    if (this.doubt?.isOpen === true) throw new FleetError({ ...this.doubt.reason, code: 'conflict' })
    return { role, version, domain: this.deps.account().domain }
  }
}
