import type { SecretStore } from './secret-store'

/** Stores secrets until the app ends, if the user agrees to that instead of a keychain. */
export class MemorySecretStore implements SecretStore {
  private readonly secrets = new Map<string, string>()

  get(account: string): Promise<string | undefined> {
    return Promise.resolve(this.secrets.get(account))
  }

  set(account: string, secret: string): Promise<void> {
    this.secrets.set(account, secret)
    return Promise.resolve()
  }

  delete(account: string): Promise<void> {
    this.secrets.delete(account)
    return Promise.resolve()
  }
}
