import type { ServerId } from '@shared/domain/server'
import { FleetError, type AppError } from '@shared/ipc/result'
import type { KeychainService } from './keychain-service'

const detailOf = (error: unknown): AppError =>
  error instanceof FleetError ? error.detail : { code: 'keychain', message: 'The system keychain is not available' }

/** What the keychain holds for one server. Its failures are answered, not thrown: a session goes on without, and says so. */
export class ServerSecrets {
  /** A password that the keychain did not take, for this run. */
  private held: string | undefined

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
      const known = this.held ?? password
      return { ...(known && { password: known }), ...(refresh && { refresh }) }
    } catch (error) {
      return { ...(this.held && { password: this.held }), error: detailOf(error) }
    }
  }

  /** Keeps both, or deletes both where the person wants to be asked each time. */
  async keep(remember: boolean, password: string, refresh: string | undefined): Promise<AppError | undefined> {
    if (!remember) return this.forget()
    try {
      await this.keychain.set(this.id, 'password', password)
      this.held = undefined
      if (refresh === undefined) await this.keychain.delete(this.id, 'refresh')
      else await this.keychain.set(this.id, 'refresh', refresh)
    } catch (error) {
      const { message, hint } = detailOf(error)
      return { code: 'keychain', message: `The password was not saved: ${message}`, ...(hint && { hint }) }
    }
    return undefined
  }

  /** The PBX has a new password. What the keychain does not take is kept for this run, and told. */
  async replacePassword(password: string): Promise<AppError | undefined> {
    try {
      await this.keychain.set(this.id, 'password', password)
      this.held = undefined
    } catch (error) {
      this.held = password
      const { message, hint } = detailOf(error)
      const said = `The keychain did not take the new password, which is kept until the app is closed: ${message}`
      return { code: 'keychain', message: said, ...(hint && { hint }) }
    }
    return undefined
  }

  /** Nobody knows whether it still holds. */
  async dropPassword(): Promise<void> {
    this.held = undefined
    await this.keychain.delete(this.id, 'password').catch(() => undefined)
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
    this.held = undefined
    return this.keychain.forget([this.id]).then(
      () => undefined,
      (error: unknown) => detailOf(error),
    )
  }
}
