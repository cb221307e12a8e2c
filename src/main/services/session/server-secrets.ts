import type { ServerId } from '@shared/domain/server'
import { FleetError, type AppError } from '@shared/ipc/result'
import type { KeychainService } from './keychain-service'

const detailOf = (error: unknown): AppError =>
  error instanceof FleetError
    ? error.detail
    : { code: 'keychain', message: 'The keychain of this system cannot be used' }

/** What the keychain holds for one server. Its failures are answered, not thrown: a session goes on without, and says so. */
export class ServerSecrets {
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
      return { ...(password && { password }), ...(refresh && { refresh }) }
    } catch (error) {
      return { error: detailOf(error) }
    }
  }

  /** Keeps both, or deletes both where the person wants to be asked each time. */
  async keep(remember: boolean, password: string, refresh: string | undefined): Promise<AppError | undefined> {
    if (!remember) return this.forget()
    try {
      await this.keychain.set(this.id, 'password', password)
      if (refresh === undefined) await this.keychain.delete(this.id, 'refresh')
      else await this.keychain.set(this.id, 'refresh', refresh)
    } catch (error) {
      const { message, hint } = detailOf(error)
      return { code: 'keychain', message: `The password was not kept: ${message}`, ...(hint && { hint }) }
    }
    return undefined
  }

  async keepRefresh(refresh: string): Promise<AppError | undefined> {
    return this.keychain.set(this.id, 'refresh', refresh).then(
      () => undefined,
      (error: unknown) => detailOf(error),
    )
  }

  async dropRefresh(): Promise<AppError | undefined> {
    return this.keychain.delete(this.id, 'refresh').then(
      () => undefined,
      (error: unknown) => detailOf(error),
    )
  }

  /** Where no keychain answers nothing was kept, so nothing is left behind. */
  async forget(): Promise<AppError | undefined> {
    return this.keychain.forget([this.id]).then(
      () => undefined,
      (error: unknown) => detailOf(error),
    )
  }
}
