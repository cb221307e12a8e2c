import type { ServerId } from '@shared/domain/server'
import { FleetError } from '@shared/ipc/result'
import type { KeychainStatus } from '@shared/ipc/values'
import { MemorySecretStore } from '../../storage/memory-secret-store'
import { LockedError, type SecretStore } from '../../storage/secret-store'
import { Listeners } from '../listeners'

const secretKinds = ['password', 'refresh'] as const
export type SecretKind = (typeof secretKinds)[number]

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

const accountOf = (serverId: ServerId, kind: SecretKind): string => `${serverId}:${kind}`

/**
 * The passwords and refresh tokens of the servers. Without a keychain, nothing is stored until the user agrees to use
 * memory. Methods that store or return a secret fail with FleetError `keychain`.
 */
export class KeychainService {
  private readonly changed = new Listeners<[status: KeychainStatus]>()
  private current: KeychainStatus | undefined
  private checking: Promise<KeychainStatus> | undefined
  private lastFailure: { readonly error: FleetError; readonly at: number } | undefined

  constructor(
    private store: SecretStore,
    private readonly now: () => number = () => performance.now(),
  ) {}

  /**
   * Checks the keychain, which may take until its timeout. An unavailable one is checked again, because it may have
   * been unlocked.
   */
  status(): Promise<KeychainStatus> {
    if (this.current?.state === 'memory' || this.current?.state === 'ok') return Promise.resolve(this.current)
    this.checking ??= this.check().finally(() => (this.checking = undefined))
    return this.checking
  }

  /** The user agreed to keep secrets in memory for this run. */
  useMemory(): KeychainStatus {
    if (this.current?.state !== 'memory') this.store = new MemorySecretStore()
    this.lastFailure = undefined
    return this.setStatus(memoryStatus)
  }

  get(serverId: ServerId, kind: SecretKind): Promise<string | undefined> {
    return this.call(accountOf(serverId, kind), (store, account) => store.get(account))
  }

  set(serverId: ServerId, kind: SecretKind, secret: string): Promise<void> {
    return this.call(accountOf(serverId, kind), (store, account) => store.set(account, secret))
  }

  delete(serverId: ServerId, kind: SecretKind): Promise<void> {
    return this.call(accountOf(serverId, kind), (store, account) => store.delete(account))
  }

  /** Deletes all secrets of these servers. Without a keychain there are none; in a locked one they would remain. */
  async forget(serverIds: readonly ServerId[]): Promise<void> {
    if ((await this.status()).state === 'unavailable') return
    for (const serverId of serverIds) for (const kind of secretKinds) await this.delete(serverId, kind)
  }

  onChange(listener: (status: KeychainStatus) => void): () => void {
    return this.changed.add(listener)
  }

  private async check(): Promise<KeychainStatus> {
    this.lastFailure = undefined
    try {
      await this.call(trialAccount, (store, account) => store.get(account))
    } catch {
      // `call` has set the status.
    }
    return this.current ?? okStatus
  }

  private async call<T>(account: string, run: (store: SecretStore, account: string) => Promise<T>): Promise<T> {
    if (this.lastFailure !== undefined && this.now() - this.lastFailure.at < retryAfterMs) throw this.lastFailure.error
    const currentStore = this.store
    try {
      const answer = await run(currentStore, account)
      this.onResponse(currentStore)
      return answer
    } catch (error) {
      if (error instanceof LockedError) this.onLocked(error, currentStore)
      else if (account !== trialAccount && (await this.responds(currentStore))) throw refusedEntry()
      else this.onFailure(error, currentStore)
      throw error instanceof FleetError ? error : notAvailable()
    }
  }

  /** True if a keychain that failed for one account responds for another one: then it refused only this entry. */
  private async responds(store: SecretStore): Promise<boolean> {
    try {
      await store.get(trialAccount)
      return true
    } catch {
      return false
    }
  }

  private onResponse(store: SecretStore): void {
    if (store !== this.store || this.current?.state === 'memory') return
    this.lastFailure = undefined
    this.setStatus(okStatus)
  }

  private onFailure(error: unknown, store: SecretStore): void {
    if (store !== this.store) return
    const failure = error instanceof FleetError ? error : notAvailable()
    const { message, hint = '' } = failure.detail
    this.lastFailure = { error: failure, at: this.now() }
    this.setStatus({ state: 'unavailable', message, hint })
  }

  /** Its calls continue: the first one that is answered shows that it was unlocked. */
  private onLocked(error: LockedError, store: SecretStore): void {
    if (store !== this.store) return
    const { message, hint = '' } = error.detail
    this.lastFailure = { error, at: this.now() }
    this.setStatus({ state: 'locked', message, hint })
    error.late.then(
      () => this.onResponse(store),
      () => undefined,
    )
  }

  private setStatus(status: KeychainStatus): KeychainStatus {
    const before = this.current
    this.current = status
    if (before?.state !== status.state || before.message !== status.message) void this.changed.notify(status)
    return status
  }
}
