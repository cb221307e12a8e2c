import { FleetError } from '@shared/ipc/result'
import type { SecretStore } from '@main/storage/secret-store'

/** The keychain in memory; tests can make it fail, or wait until it is released. */
export class FakeSecretStore implements SecretStore {
  readonly secrets = new Map<string, string>()
  broken = false
  asked = 0

  get(account: string): Promise<string | undefined> {
    return this.answer(() => this.secrets.get(account))
  }

  set(account: string, secret: string): Promise<void> {
    return this.answer(() => void this.secrets.set(account, secret))
  }

  delete(account: string): Promise<void> {
    return this.answer(() => void this.secrets.delete(account))
  }

  private answer<T>(run: () => T): Promise<T> {
    this.asked += 1
    if (!this.broken) return Promise.resolve(run())
    return Promise.reject(new FleetError({ code: 'keychain', message: 'The keychain is locked', hint: 'Unlock it.' }))
  }
}
