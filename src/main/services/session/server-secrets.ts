import type { ServerId } from '@shared/domain/server'
import type { SecretKind } from '@shared/domain/session'
import { FleetError, type AppError } from '@shared/ipc/result'
import type { KeychainService } from './keychain-service'

const detailOf = (error: unknown): AppError =>
  error instanceof FleetError ? error.detail : { code: 'keychain', message: 'The system keychain is not available' }

interface SavedSecrets {
  readonly passwordStored: boolean
  /** What the keychain did not store or delete. */
  readonly error: AppError | undefined
}

/**
 * The secrets of one server in the keychain. Failures are returned, not thrown: the session continues and shows them.
 */
export class ServerSecrets {
  /** A password that the keychain could not store, for this run. */
  private memoryPassword: string | undefined

  constructor(
    private readonly id: ServerId,
    private readonly keychain: KeychainService,
  ) {}

  /** Whether the password of this server is kept only until the app is closed. */
  get isInMemory(): boolean {
    return this.memoryPassword !== undefined || this.keychain.isMemory
  }

  /** What remains in the keychain and must not be used. */
  get undeleted(): readonly SecretKind[] {
    return this.keychain.undeletedOf(this.id)
  }

  /** The keychain was unlocked and has stored the password after all. */
  storedLate(): void {
    this.memoryPassword = undefined
  }

  /** Each secret is read alone: an entry that cannot be read does not cost the other one. */
  async read(): Promise<{ readonly password?: string; readonly refresh?: string; readonly error?: AppError }> {
    const [password, refresh] = [await this.readOne('password'), await this.readOne('refresh')]
    const currentPassword = this.memoryPassword ?? password.secret
    const error = password.error ?? refresh.error
    return {
      ...(currentPassword && { password: currentPassword }),
      ...(refresh.secret && { refresh: refresh.secret }),
      ...(error && { error }),
    }
  }

  /**
   * Stores both, or deletes both if the user does not want them remembered. If the password cannot be stored, secrets of
   * an earlier sign-in, perhaps of another account, are deleted and forgotten.
   */
  async save(remember: boolean, password: string, refresh: string | undefined): Promise<SavedSecrets> {
    if (!remember) return { passwordStored: false, error: await this.forget() }
    const error = await this.store('password', password, 'The password was not saved')
    if (error !== undefined) {
      if (this.memoryPassword !== password) this.memoryPassword = undefined
      await this.keychain.discardUnless(this.id, 'refresh', refresh)
      return { passwordStored: false, error }
    }
    this.memoryPassword = undefined
    return {
      passwordStored: password !== '',
      error: refresh === undefined ? await this.deleteRefresh() : await this.saveRefresh(refresh),
    }
  }

  /** Stores a changed password. If the keychain fails, keeps it in memory for this run and returns the error. */
  async replacePassword(password: string): Promise<AppError | undefined> {
    const what = 'The new password could not be stored in the keychain and is kept until the app is closed'
    const error = await this.store('password', password, what)
    this.memoryPassword = error && password
    return error
  }

  /** For a password that may no longer be valid. */
  async deletePassword(): Promise<void> {
    this.memoryPassword = undefined
    await this.keychain.delete(this.id, 'password').catch(() => undefined)
  }

  saveRefresh(refresh: string): Promise<AppError | undefined> {
    return this.store('refresh', refresh, 'The session was not saved and ends with the app')
  }

  async deleteRefresh(): Promise<AppError | undefined> {
    return this.keychain.delete(this.id, 'refresh').then(
      () => undefined,
      (error: unknown) => detailOf(error),
    )
  }

  async forget(): Promise<AppError | undefined> {
    this.memoryPassword = undefined
    return this.keychain.forget([this.id]).then(
      () => undefined,
      (error: unknown) => detailOf(error),
    )
  }

  private async readOne(
    kind: SecretKind,
  ): Promise<{ readonly secret?: string | undefined; readonly error?: AppError }> {
    try {
      return { secret: await this.keychain.get(this.id, kind) }
    } catch (error) {
      return { error: detailOf(error) }
    }
  }

  /** Returns the error if the keychain refuses the secret and it is not the one that is stored already. */
  private async store(kind: SecretKind, secret: string, failed: string): Promise<AppError | undefined> {
    try {
      await this.keychain.replace(this.id, kind, secret)
    } catch (error) {
      const { message, hint } = detailOf(error)
      return { code: 'keychain', message: `${failed}: ${message}`, ...(hint && { hint }) }
    }
    return undefined
  }
}
