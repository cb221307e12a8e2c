import type { ServerId } from '@shared/domain/server'
import { FleetError } from '@shared/ipc/result'
import type { KeychainStatus } from '@shared/ipc/values'
import { MemorySecretStore } from '../../storage/memory-secret-store'
import type { SecretStore } from '../../storage/secret-store'
import { Listeners } from '../listeners'

const secretKinds = ['password', 'refresh'] as const
export type SecretKind = (typeof secretKinds)[number]

const usable: KeychainStatus = { state: 'ok', message: 'Passwords are saved in the system keychain', hint: '' }

const forThisRun: KeychainStatus = {
  state: 'memory',
  message: 'Passwords are kept until you quit',
  hint: 'The system keychain is tried again when the app starts next time.',
}

/** A keychain that did not answer is not waited for again for so long, unless the person asks for its status. */
const restMs = 30_000

/** An account that is never stored: asking for it shows whether the keychain answers. */
const trial = 'trial'

const accountOf = (serverId: ServerId, kind: SecretKind): string => `${serverId}:${kind}`

/**
 * The passwords and refresh tokens of servers. Without a keychain nothing is kept until the person agrees to memory. Methods that keep or give a secret
 * fail with FleetError `keychain`.
 */
export class KeychainService {
  private readonly changed = new Listeners<[status: KeychainStatus]>()
  private current: KeychainStatus | undefined
  private checking: Promise<KeychainStatus> | undefined
  private refusal: { readonly error: FleetError; readonly at: number } | undefined

  constructor(
    private store: SecretStore,
    private readonly now: () => number = () => performance.now(),
  ) {}

  /** Asks the keychain, which may take up to its time-out; an unavailable one is asked again, as it may have been unlocked. */
  status(): Promise<KeychainStatus> {
    if (this.current?.state === 'memory' || this.current?.state === 'ok') return Promise.resolve(this.current)
    this.checking ??= this.check().finally(() => (this.checking = undefined))
    return this.checking
  }

  /** The person agreed that secrets are kept in memory for this run. */
  useMemory(): KeychainStatus {
    if (this.current?.state !== 'memory') this.store = new MemorySecretStore()
    this.refusal = undefined
    return this.tell(forThisRun)
  }

  get(serverId: ServerId, kind: SecretKind): Promise<string | undefined> {
    return this.ask((store) => store.get(accountOf(serverId, kind)))
  }

  set(serverId: ServerId, kind: SecretKind, secret: string): Promise<void> {
    return this.ask((store) => store.set(accountOf(serverId, kind), secret))
  }

  delete(serverId: ServerId, kind: SecretKind): Promise<void> {
    return this.ask((store) => store.delete(accountOf(serverId, kind)))
  }

  /** Deletes all that is kept for these servers. Where no keychain answers there is nothing to delete. */
  async forget(serverIds: readonly ServerId[]): Promise<void> {
    if ((await this.status()).state === 'unavailable') return
    for (const serverId of serverIds) for (const kind of secretKinds) await this.delete(serverId, kind)
  }

  onChange(listener: (status: KeychainStatus) => void): () => void {
    return this.changed.add(listener)
  }

  private async check(): Promise<KeychainStatus> {
    this.refusal = undefined
    try {
      await this.ask((store) => store.get(trial))
    } catch {
      // `ask` has put the reason into the status.
    }
    return this.current ?? usable
  }

  private async ask<T>(run: (store: SecretStore) => Promise<T>): Promise<T> {
    if (this.refusal !== undefined && this.now() - this.refusal.at < restMs) throw this.refusal.error
    const asked = this.store
    try {
      const answer = await run(asked)
      if (asked === this.store && this.current?.state !== 'memory') this.tell(usable)
      return answer
    } catch (error) {
      const detail =
        error instanceof FleetError
          ? error.detail
          : ({ code: 'keychain', message: 'The system keychain is not available' } as const)
      const told = error instanceof FleetError ? error : new FleetError(detail)
      if (asked === this.store) {
        this.refusal = { error: told, at: this.now() }
        this.tell({ state: 'unavailable', message: detail.message, hint: detail.hint ?? '' })
      }
      throw told
    }
  }

  private tell(status: KeychainStatus): KeychainStatus {
    const before = this.current
    this.current = status
    if (before?.state !== status.state || before.message !== status.message) void this.changed.tell(status)
    return status
  }
}
