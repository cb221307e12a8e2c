import type { ServerId } from '@shared/domain/server'
import { FleetError, type AppError } from '@shared/ipc/result'
import type { KeychainService } from './keychain-service'

const detailOf = (error: unknown): AppError =>
  error instanceof FleetError ? error.detail : { code: 'keychain', message: 'The system keychain is not available' }

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

  async read(): Promise<{ readonly password?: string; readonly refresh?: string; readonly error?: AppError }> {
    try {
      const [password, refresh] = [
        await this.keychain.get(this.id, 'password'),
        await this.keychain.get(this.id, 'refresh'),
      ]
      const currentPassword = this.memoryPassword ?? password
      return { ...(currentPassword && { password: currentPassword }), ...(refresh && { refresh }) }
    } catch (error) {
      return { ...(this.memoryPassword && { password: this.memoryPassword }), error: detailOf(error) }
    }
  }

  /** Stores both, or deletes both if the user does not want them remembered. */
  async save(remember: boolean, password: string, refresh: string | undefined): Promise<AppError | undefined> {
    if (!remember) return this.forget()
    try {
      await this.keychain.set(this.id, 'password', password)
      this.memoryPassword = undefined
      if (refresh === undefined) await this.keychain.delete(this.id, 'refresh')
      else await this.keychain.set(this.id, 'refresh', refresh)
    } catch (error) {
      const { message, hint } = detailOf(error)
      return { code: 'keychain', message: `The password was not saved: ${message}`, ...(hint && { hint }) }
    }
    return undefined
  }

  /** Stores a changed password. If the keychain fails, keeps it in memory for this run and returns the error. */
  async replacePassword(password: string): Promise<AppError | undefined> {
    try {
      await this.keychain.set(this.id, 'password', password)
      this.memoryPassword = undefined
    } catch (error) {
      this.memoryPassword = password
      const { message: reason, hint } = detailOf(error)
      const message = `The new password could not be stored in the keychain and is kept until the app is closed: ${reason}`
      return { code: 'keychain', message, ...(hint && { hint }) }
    }
    return undefined
  }

  /** For a password that may no longer be valid. */
  async deletePassword(): Promise<void> {
    this.memoryPassword = undefined
    await this.keychain.delete(this.id, 'password').catch(() => undefined)
  }

  async saveRefresh(refresh: string): Promise<AppError | undefined> {
    return this.keychain.set(this.id, 'refresh', refresh).then(
      () => undefined,
      (error: unknown) => detailOf(error),
    )
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
}
