import type { ServerId } from '@shared/domain/server'
import { secretKinds, type SecretKind } from '@shared/domain/session'
import { FleetError } from '@shared/ipc/result'
import type { KeychainStatus } from '@shared/ipc/values'
import { MemorySecretStore } from '../../storage/memory-secret-store'
import { LockedError, type SecretStore } from '../../storage/secret-store'
import { Listeners } from '../listeners'
import { EntryQueue } from './keychain-entry-queue'
import { UndeletedSecrets } from './undeleted-secrets'

const okStatus: KeychainStatus = { state: 'ok', message: 'Passwords are saved in the system keychain', hint: '' }

const memoryStatus: KeychainStatus = {
  state: 'memory',
  message: 'Passwords are kept until you quit',
  hint: 'The system keychain is tried again when the app starts next time.',
}

/** A keychain that did not respond is not called again for this long, unless its status is requested. */
const retryAfterMs = 30_000

/** An account that is never stored; reading it shows whether the keychain responds. */
const trialAccount = 'trial'

const notAvailable = (): FleetError =>
  new FleetError({ code: 'keychain', message: 'The system keychain is not available' })

const refusedEntry = (): FleetError =>
  new FleetError({
    code: 'keychain',
    message: 'The system keychain refused this entry',
    hint: 'It may be too long for the keychain. Other servers are not affected.',
  })

const separator = ':'
const accountOf = (serverId: ServerId, kind: SecretKind): string => `${serverId}${separator}${kind}`
const serverOf = (account: string): ServerId => account.slice(0, account.lastIndexOf(separator))

const unreadable = Symbol('unreadable')

/**
 * The passwords and refresh tokens of the servers. Without a keychain, nothing is stored until the user agrees to use
 * memory. An entry that could not be deleted is never returned, and is deleted as soon as the keychain responds.
 * Methods that store or return a secret fail with FleetError `keychain`.
 */
export class KeychainService {
  private readonly changed = new Listeners<[status: KeychainStatus]>()
  private readonly entryChanged = new Listeners<[serverId: ServerId, storedLate: SecretKind | undefined]>()
  private readonly entries = new EntryQueue()
  /** The last change of each entry that was requested; a late answer to an earlier one settles nothing. */
  private readonly lastChanges = new Map<string, symbol>()
  private memory: MemorySecretStore | undefined
  private current: KeychainStatus | undefined
  private checking: Promise<KeychainStatus> | undefined
  private lastFailure: { readonly error: FleetError; readonly at: number } | undefined
  private isDeleting = false
  /** How often the keychain responded, or made a late change. */
  private responses = 0

  constructor(
    private readonly system: SecretStore,
    private readonly undeleted: UndeletedSecrets = new UndeletedSecrets(),
    private readonly now: () => number = () => performance.now(),
  ) {
    undeleted.onChange((account) => {
      void this.entryChanged.notify(serverOf(account), undefined)
      if (this.current) void this.changed.notify(this.view(this.current))
    })
  }

  /**
   * Checks the keychain, which may take until its timeout. An unavailable one is checked again, because it may have
   * been unlocked.
   */
  status(): Promise<KeychainStatus> {
    const { current } = this
    if (current?.state === 'memory' || current?.state === 'ok') return Promise.resolve(this.view(current))
    this.checking ??= this.check().finally(() => (this.checking = undefined))
    return this.checking
  }

  /** The user agreed to keep secrets in memory for this run. */
  useMemory(): KeychainStatus {
    this.memory ??= new MemorySecretStore()
    this.lastFailure = undefined
    return this.setStatus(memoryStatus)
  }

  get isMemory(): boolean {
    return this.memory !== undefined
  }

  /** What remains of this server in the system keychain and must not be used. */
  undeletedOf(serverId: ServerId): readonly SecretKind[] {
    return secretKinds.filter((kind) => this.undeleted.has(accountOf(serverId, kind)))
  }

  async get(serverId: ServerId, kind: SecretKind): Promise<string | undefined> {
    const account = accountOf(serverId, kind)
    if (this.memory) return this.memory.get(account)
    await this.deleteLeft(account)
    return this.call(account, (store) => store.get(account))
  }

  async set(serverId: ServerId, kind: SecretKind, secret: string): Promise<void> {
    const account = accountOf(serverId, kind)
    const change = this.newChange(account)
    if (this.memory) {
      await this.memory.set(account, secret)
      return this.undeleted.add(account)
    }
    await this.change(account, (store) => store.set(account, secret), change, kind)
  }

  /** Stores a secret in place of an earlier one, which is not used again and deleted if the new one cannot be stored. */
  async replace(serverId: ServerId, kind: SecretKind, secret: string): Promise<void> {
    try {
      await this.set(serverId, kind, secret)
    } catch (error) {
      if (await this.discardUnless(serverId, kind, secret)) return
      throw error
    }
  }

  /**
   * Returns true if the entry is this secret. Anything else, also what cannot be read, is deleted, now or as soon as the
   * keychain responds, unless a locked keychain stores what was last set. A password that cannot be read is deleted only
   * now: later, it may be the one that was accepted.
   */
  async discardUnless(serverId: ServerId, kind: SecretKind, secret: string | undefined): Promise<boolean> {
    const account = accountOf(serverId, kind)
    const found = await this.get(serverId, kind).catch(() => unreadable)
    if (secret !== undefined && found === secret) return true
    if (secret !== undefined && found === unreadable && kind === 'password') {
      // Sent only to a keychain that responds.
      await this.entries.run(account, () => this.call(account, (store) => store.delete(account))).catch(() => undefined)
      return false
    }
    await this.undeleted.add(account)
    await this.deleteLeft(account).catch(() => undefined)
    return false
  }

  /** Fails with `keychain` if the entry remains: it is not used again, and deleted as soon as the keychain responds. */
  async delete(serverId: ServerId, kind: SecretKind): Promise<void> {
    const account = accountOf(serverId, kind)
    const change = this.newChange(account)
    if (this.memory) {
      await this.memory.delete(account)
      return this.undeleted.add(account)
    }
    try {
      await this.change(account, (store) => store.delete(account), change)
    } catch (error) {
      await this.undeleted.add(account)
      // Without a keychain, there is no entry that could remain.
      if (this.undeleted.has(account)) throw error
    }
  }

  /** Deletes all secrets of these servers. Fails like `delete`, after all of them were tried. */
  async forget(serverIds: readonly ServerId[]): Promise<void> {
    await this.status()
    const errors: unknown[] = []
    for (const serverId of serverIds)
      for (const kind of secretKinds) await this.delete(serverId, kind).catch((error: unknown) => errors.push(error))
    if (errors.length > 0) throw errors[0]
  }

  /** Called when a server's `undeletedOf` changed, or when a keychain that was unlocked has stored one of its secrets. */
  onEntryChanged(listener: (serverId: ServerId, storedLate: SecretKind | undefined) => void): () => void {
    return this.entryChanged.add(listener)
  }

  onChange(listener: (status: KeychainStatus) => void): () => void {
    return this.changed.add(listener)
  }

  private async check(): Promise<KeychainStatus> {
    this.lastFailure = undefined
    try {
      await this.call(trialAccount, (store) => store.get(trialAccount))
    } catch {
      // `call` has set the status.
    }
    return this.view(this.current ?? okStatus)
  }

  private newChange(account: string): symbol {
    const change = Symbol(account)
    this.lastChanges.set(account, change)
    return change
  }

  /** Changes an entry of the system keychain, after which nothing of it is left that must not be used. */
  private change(
    account: string,
    run: (store: SecretStore) => Promise<void>,
    change: symbol,
    stores?: SecretKind,
  ): Promise<void> {
    return this.entries.run(account, async () => {
      try {
        await this.call(account, run)
        await this.undeleted.remove(account)
      } catch (error) {
        if (error instanceof LockedError)
          this.entries.waitFor(account, error, (isMade) => void this.onLate(account, isMade && change, stores))
        throw error
      }
    })
  }

  /** A locked keychain was unlocked: it made the change, or failed to (`false`). */
  private async onLate(account: string, made: symbol | false, stored: SecretKind | undefined): Promise<void> {
    if (made && this.lastChanges.get(account) === made) {
      await this.undeleted.remove(account)
      if (stored) void this.entryChanged.notify(serverOf(account), stored)
    }
    await this.deleteAllLeft()
  }

  /** Deletes an entry that could not be deleted before, if it still must not be used. */
  private async deleteLeft(account: string): Promise<void> {
    if (!this.undeleted.has(account)) return
    await this.entries.run(account, async () => {
      if (!this.undeleted.has(account)) return
      await this.call(account, (store) => store.delete(account))
      await this.undeleted.remove(account)
    })
  }

  /** The keychain responds: deletes what could not be deleted before. What fails again is tried again later. */
  private async deleteAllLeft(): Promise<void> {
    this.responses += 1
    if (this.isDeleting) return
    this.isDeleting = true
    let since
    do {
      since = this.responses
      for (const account of this.undeleted.accounts)
        if (!this.entries.isLate(account)) await this.deleteLeft(account).catch(() => undefined)
    } while (since !== this.responses && this.undeleted.accounts.length > 0)
    this.isDeleting = false
  }

  /** Calls the system keychain. */
  private async call<T>(account: string, run: (store: SecretStore) => Promise<T>): Promise<T> {
    const { lastFailure, system } = this
    if (lastFailure !== undefined && this.now() - lastFailure.at < retryAfterMs)
      throw new FleetError(lastFailure.error.detail)
    try {
      const answer = await run(system)
      this.onResponse()
      return answer
    } catch (error) {
      if (error instanceof LockedError) this.onLocked(error)
      else if (account !== trialAccount && (await this.responds())) throw refusedEntry()
      else this.onFailure(error)
      throw error instanceof FleetError ? error : notAvailable()
    }
  }

  /** True if a keychain that failed for one account responds for another one: then it refused only this entry. */
  private async responds(): Promise<boolean> {
    try {
      await this.system.get(trialAccount)
      this.undeleted.noteUsed()
      return true
    } catch {
      return false
    }
  }

  private onResponse(): void {
    this.undeleted.noteUsed()
    this.lastFailure = undefined
    if (!this.isMemory) this.setStatus(okStatus)
    void this.deleteAllLeft()
  }

  private onFailure(error: unknown): void {
    const failure = error instanceof FleetError ? error : notAvailable()
    const { message, hint = '' } = failure.detail
    this.lastFailure = { error: failure, at: this.now() }
    if (!this.isMemory) this.setStatus({ state: 'unavailable', message, hint })
  }

  /** Its calls continue: the first one that is answered shows that it was unlocked. */
  private onLocked(error: LockedError): void {
    const { message, hint = '' } = error.detail
    this.undeleted.noteUsed()
    this.lastFailure = { error, at: this.now() }
    if (!this.isMemory) this.setStatus({ state: 'locked', message, hint })
    error.late.then(
      () => this.onResponse(),
      () => undefined,
    )
  }

  private setStatus(status: KeychainStatus): KeychainStatus {
    const before = this.current
    this.current = status
    if (before?.state !== status.state || before.message !== status.message) void this.changed.notify(this.view(status))
    return this.view(status)
  }

  private view(status: KeychainStatus): KeychainStatus {
    const undeleted = this.undeleted.accounts.length
    return { ...status, ...(undeleted > 0 && { undeleted }) }
  }
}
