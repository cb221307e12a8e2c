import type * as Keytar from 'keytar'
import { FleetError } from '@shared/ipc/result'
import type { SecretStore } from './secret-store'

const service = 'PBX Fleet'
/** A locked keychain waits for the person to unlock it: longer than this and the app goes on without. */
const patienceMs = 10_000

const unavailable = (message: string): FleetError =>
  new FleetError({
    code: 'keychain',
    message,
    hint: 'Unlock or install the system keychain (on Linux a Secret Service such as GNOME Keyring or KWallet), then retry.',
  })

/**
 * The OS keychain, service `PBX Fleet`. Its library is loaded with the first use. What the keychain says of an error is not passed on, as it may name
 * what was stored.
 */
export class KeytarSecretStore implements SecretStore {
  private keytar: Promise<typeof Keytar> | undefined
  private readonly asking = new Set<Promise<unknown>>()

  constructor(private readonly waitMs = patienceMs) {}

  async get(account: string): Promise<string | undefined> {
    return (await this.ask((keytar) => keytar.getPassword(service, account))) ?? undefined
  }

  async set(account: string, secret: string): Promise<void> {
    await this.ask((keytar) => keytar.setPassword(service, account, secret))
  }

  async delete(account: string): Promise<void> {
    await this.ask((keytar) => keytar.deletePassword(service, account))
  }

  /** Resolves when no call is under way: the library ends the whole program when it is torn down in the middle of one. */
  async settled(): Promise<void> {
    await Promise.allSettled(this.asking)
  }

  private async ask<T>(run: (keytar: typeof Keytar) => Promise<T>): Promise<T> {
    let timer: NodeJS.Timeout | undefined
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(
        () => reject(unavailable('The system keychain does not respond. It may be locked')),
        this.waitMs,
      )
    })
    try {
      const asked = this.load().then(run)
      this.asking.add(asked)
      void asked.catch(() => undefined).then(() => this.asking.delete(asked))
      return await Promise.race([asked, late])
    } catch (error) {
      throw error instanceof FleetError ? error : unavailable('The system keychain is not available')
    } finally {
      clearTimeout(timer)
    }
  }

  /** A CommonJS module: its functions stand on `default` where Node cannot tell their names. */
  private load(): Promise<typeof Keytar> {
    this.keytar ??= import('keytar').then((loaded) =>
      'default' in loaded ? (loaded.default as typeof Keytar) : loaded,
    )
    return this.keytar
  }
}
