import type * as Keytar from 'keytar'
import { FleetError } from '@shared/ipc/result'
import { LockedError, type SecretStore } from './secret-store'

const service = 'PBX Fleet'
/** Milliseconds to wait for a locked keychain that asks the user to unlock it. */
const defaultWaitMs = 10_000

const lockedWords = [
  'The system keychain is locked or does not respond',
  'Unlock it: PBX Fleet uses it as soon as it responds.',
] as const

const unavailable = (message: string): FleetError =>
  new FleetError({
    code: 'keychain',
    message,
    hint: 'Unlock or install the system keychain (on Linux a Secret Service such as GNOME Keyring or KWallet), then retry.',
  })

/**
 * The OS keychain, service `PBX Fleet`. Its library is loaded on first use. Its error texts are not passed on, because
 * they may contain stored secrets.
 */
export class KeytarSecretStore implements SecretStore {
  private keytar: Promise<typeof Keytar> | undefined
  private readonly pending = new Set<Promise<unknown>>()

  constructor(private readonly waitMs = defaultWaitMs) {}

  async get(account: string): Promise<string | undefined> {
    return (await this.call((keytar) => keytar.getPassword(service, account))) ?? undefined
  }

  async set(account: string, secret: string): Promise<void> {
    await this.call((keytar) => keytar.setPassword(service, account, secret))
  }

  async delete(account: string): Promise<void> {
    await this.call((keytar) => keytar.deletePassword(service, account))
  }

  /** Resolves when no call is running: unloading the library during a call crashes the program. */
  async settled(): Promise<void> {
    await Promise.allSettled(this.pending)
  }

  private async call<T>(run: (keytar: typeof Keytar) => Promise<T>): Promise<T> {
    let timer: NodeJS.Timeout | undefined
    const reply = this.load().then(run)
    const timeout = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(new LockedError(...lockedWords, reply)), this.waitMs)
    })
    try {
      this.pending.add(reply)
      void reply.catch(() => undefined).then(() => this.pending.delete(reply))
      return await Promise.race([reply, timeout])
    } catch (error) {
      throw error instanceof FleetError ? error : unavailable('The system keychain is not available')
    } finally {
      clearTimeout(timer)
    }
  }

  /** A CommonJS module: its functions are on `default` if Node cannot detect their names. */
  private load(): Promise<typeof Keytar> {
    this.keytar ??= import('keytar').then((loaded) =>
      'default' in loaded ? (loaded.default as typeof Keytar) : loaded,
    )
    return this.keytar
  }
}
