import type { ServerId } from '@shared/domain/server'
import { FleetError, type AppError } from '@shared/ipc/result'
import type { KeychainService, SecretKind } from './keychain-service'

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
      await this.deleteUnless('refresh', refresh)
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

  /** Without a keychain nothing was stored, so nothing remains. */
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
      await this.keychain.set(this.id, kind, secret)
    } catch (error) {
      if (await this.deleteUnless(kind, secret)) return undefined
      const { message, hint } = detailOf(error)
      return { code: 'keychain', message: `${failed}: ${message}`, ...(hint && { hint }) }
    }
    return undefined
  }

  /**
   * True if `secret` is what is stored. Anything else, also what cannot be read, is deleted: the next start would try
   * it.
   */
  private async deleteUnless(kind: SecretKind, secret: string | undefined): Promise<boolean> {
    const { secret: stored } = await this.readOne(kind)
    if (stored !== undefined && stored === secret) return true
    await this.keychain.delete(this.id, kind).catch(() => undefined)
    return false
  }
}
