import { describe, expect, it } from 'vitest'
import { KeychainService } from '@main/services/session/keychain-service'
import { LockedError, type SecretStore } from '@main/storage/secret-store'
import { FakeSecretStore } from '@test/fakes/secret-store'
import { failureOf } from './harness'

/** Accepts up to 100 characters, like a keychain with a limit for one entry. */
class SmallStore extends FakeSecretStore {
  override set(account: string, secret: string): Promise<void> {
    return secret.length > 100 ? Promise.reject(new Error('too long')) : super.set(account, secret)
  }
}

/** Answers nothing until it is unlocked; then the calls that waited are made. */
class LockableStore extends FakeSecretStore implements SecretStore {
  private release: () => void = () => undefined
  private readonly unlocked = new Promise<void>((resolve) => (this.release = resolve))
  locked = false

  override get(account: string): Promise<string | undefined> {
    return this.late(() => super.get(account))
  }

  override set(account: string, secret: string): Promise<void> {
    return this.late(() => super.set(account, secret))
  }

  override delete(account: string): Promise<void> {
    return this.late(() => super.delete(account))
  }

  async unlock(): Promise<void> {
    this.locked = false
    this.release()
    await Promise.allSettled(this.waiting)
  }

  private readonly waiting: Promise<unknown>[] = []

  private late<T>(run: () => Promise<T>): Promise<T> {
    if (!this.locked) return run()
    const late = this.unlocked.then(run)
    this.waiting.push(late)
    return Promise.reject(new LockedError('The keychain is locked', 'Unlock it.', late))
  }
}

describe('a keychain that refuses one entry', () => {
  it('still serves the other servers', async () => {
    const store = new SmallStore()
    const keychain = new KeychainService(store)
    const detail = await failureOf(keychain.set('a', 'password', 'x'.repeat(200)))
    expect(detail.message).toBe('The system keychain refused this entry')
    await keychain.set('b', 'password', 'short')
    expect(store.secrets.get('b:password')).toBe('short')
    expect(await keychain.status()).toMatchObject({ state: 'ok' })
  })
})

describe('a locked keychain', () => {
  it('is used as soon as it is unlocked, and what was to be stored is stored', async () => {
    const store = new LockableStore()
    const keychain = new KeychainService(store)
    const states: string[] = []
    keychain.onChange(({ state }) => states.push(state))
    store.locked = true
    expect(await failureOf(keychain.set('a', 'password', 'secret'))).toMatchObject({
      message: 'The keychain is locked',
    })
    expect(await failureOf(keychain.get('b', 'password'))).toMatchObject({ code: 'keychain' })
    await store.unlock()
    expect(states).toEqual(['locked', 'ok'])
    expect(await keychain.get('a', 'password')).toBe('secret')
  })

  it('keeps its entries, so removing a server reports that they remain', async () => {
    const store = new LockableStore()
    const keychain = new KeychainService(store)
    await keychain.set('a', 'password', 'secret')
    store.locked = true
    await failureOf(keychain.get('a', 'password'))
    const fresh = new KeychainService(store)
    expect(await failureOf(fresh.forget(['a']))).toMatchObject({ code: 'keychain' })
  })
})
