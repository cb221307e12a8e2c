import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { KeychainService } from '@main/services/session/keychain-service'
import { ServerSecrets } from '@main/services/session/server-secrets'
import { UndeletedSecrets, undeletedStore } from '@main/services/session/undeleted-secrets'
import { LockedError, type SecretStore } from '@main/storage/secret-store'
import { FakeSecretStore } from '@test/fakes/secret-store'
import { temporaryFolder } from '../storage/temporary'
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

/** Refuses what matches, like a keychain with a limit for one entry, or one whose entry is damaged. */
class PartialStore extends FakeSecretStore {
  constructor(private readonly refuses: (call: 'get' | 'set', account: string, secret: string) => boolean) {
    super()
  }

  override get(account: string): Promise<string | undefined> {
    return this.refuses('get', account, '') ? Promise.reject(new Error('damaged')) : super.get(account)
  }

  override set(account: string, secret: string): Promise<void> {
    return this.refuses('set', account, secret) ? Promise.reject(new Error('too long')) : super.set(account, secret)
  }
}

describe('a keychain that refuses one secret of a server', () => {
  const secretsOn = (store: FakeSecretStore) => new ServerSecrets('a', new KeychainService(store))

  it('says which one: the password is saved if only the session is refused, and no earlier session remains', async () => {
    const store = new PartialStore((call, _account, secret) => call === 'set' && secret.length > 100)
    store.secrets.set('a:refresh', 'used up')
    expect(await secretsOn(store).save(true, 'secret', 'x'.repeat(2600))).toMatchObject({
      passwordStored: true,
      error: { message: 'The session was not saved and ends with the app: The system keychain refused this entry' },
    })
    expect(Object.fromEntries(store.secrets)).toEqual({ 'a:password': 'secret' })
  })

  it('keeps no earlier password, which the next start would try', async () => {
    const store = new PartialStore((call, _account, secret) => call === 'set' && secret.length > 100)
    const secrets = secretsOn(store)
    const long = 'x'.repeat(200)
    store.secrets.set('a:password', 'old')
    expect(await secrets.save(true, long, undefined)).toMatchObject({
      passwordStored: false,
      error: { message: 'The password was not saved: The system keychain refused this entry' },
    })
    expect(store.secrets.has('a:password')).toBe(false)
    store.secrets.set('a:password', 'old')
    expect(await secrets.replacePassword(long)).toMatchObject({ code: 'keychain' })
    expect(store.secrets.has('a:password')).toBe(false)
    expect((await secrets.read()).password).toBe(long)
  })

  it('keeps no earlier session either: that of another account would be resumed at the next start', async () => {
    const store = new PartialStore((call, _account, secret) => call === 'set' && secret === 'pwB')
    const secrets = secretsOn(store)
    await secrets.save(true, 'pwA', 'refreshA')
    expect(await secrets.save(true, 'pwB', 'refreshB')).toMatchObject({ passwordStored: false })
    expect(Object.fromEntries(store.secrets)).toEqual({})
    store.secrets.set('a:refresh', 'refreshA')
    await secrets.save(true, 'pwB', undefined)
    expect(Object.fromEntries(store.secrets)).toEqual({})
    store.secrets.set('a:refresh', 'refreshB')
    await secrets.save(true, 'pwB', 'refreshB')
    expect(Object.fromEntries(store.secrets)).toEqual({ 'a:refresh': 'refreshB' })
  })

  it('forgets a password in memory that is not the one of the sign-in', async () => {
    const store = new PartialStore((call) => call === 'set')
    const secrets = secretsOn(store)
    await secrets.replacePassword('pw2')
    await secrets.save(true, 'pw2', undefined)
    expect(await secrets.read()).toEqual({ password: 'pw2' })
    await secrets.save(true, 'pwB', 'refreshB')
    expect(await secrets.read()).toEqual({})
  })

  it('keeps what is stored if it is the secret that was refused', async () => {
    const store = new PartialStore((call) => call === 'set')
    const secrets = secretsOn(store)
    store.secrets.set('a:password', 'same').set('a:refresh', 'token')
    expect(await secrets.save(true, 'same', 'token')).toEqual({ passwordStored: true, error: undefined })
    expect(await secrets.replacePassword('same')).toBeUndefined()
    expect(await secrets.saveRefresh('token')).toBeUndefined()
    expect(Object.fromEntries(store.secrets)).toEqual({ 'a:password': 'same', 'a:refresh': 'token' })
    expect(await secrets.saveRefresh('next')).toMatchObject({ code: 'keychain' })
    expect(Object.fromEntries(store.secrets)).toEqual({ 'a:password': 'same' })
  })

  it('is not left with a secret that cannot be read to be compared', async () => {
    const store = new PartialStore((call, account) => call === 'set' || (call === 'get' && account !== 'trial'))
    store.secrets.set('a:password', 'same').set('a:refresh', 'token')
    expect(await secretsOn(store).save(true, 'same', 'token')).toMatchObject({ passwordStored: false })
    expect(Object.fromEntries(store.secrets)).toEqual({})
  })

  it.each([
    ['refresh', { password: 'secret' }],
    ['password', { refresh: 'token' }],
  ])('is read without the %s', async (kind, read) => {
    const store = new PartialStore((call, account) => call === 'get' && account === `a:${kind}`)
    store.secrets.set('a:password', 'secret').set('a:refresh', 'token')
    expect(await secretsOn(store).read()).toEqual({
      ...read,
      error: expect.objectContaining({ code: 'keychain' }) as unknown,
    })
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

  it('keeps a password that was typed again while it was locked', async () => {
    const store = new LockableStore()
    const secrets = new ServerSecrets('a', new KeychainService(store))
    await secrets.save(true, 'pwA', 'refreshA')
    store.locked = true
    expect(await secrets.save(true, 'pwA', 'refreshB')).toMatchObject({ passwordStored: false })
    await store.unlock()
    await expect.poll(() => Object.fromEntries(store.secrets)).toEqual({ 'a:password': 'pwA' })
  })

  it('keeps no session of another account: it is not used meanwhile, and deleted when it is unlocked', async () => {
    const store = new LockableStore()
    const keychain = new KeychainService(store)
    const secrets = new ServerSecrets('a', keychain)
    await secrets.save(true, 'pwA', 'refreshA')
    store.locked = true
    expect(await secrets.save(true, 'pwB', 'refreshB')).toMatchObject({ passwordStored: false })
    expect(secrets.undeleted).toEqual(['refresh'])
    expect(await keychain.status()).toMatchObject({ state: 'locked', undeleted: 1 })
    expect(await secrets.read()).toEqual({ error: expect.objectContaining({ code: 'keychain' }) as unknown })
    const late: unknown[] = []
    keychain.onEntryChanged((id, kind) => kind && late.push([id, kind]))
    await store.unlock()
    await expect.poll(() => Object.fromEntries(store.secrets)).toEqual({ 'a:password': 'pwB' })
    await expect.poll(() => secrets.undeleted).toEqual([])
    expect(late).toEqual([['a', 'password']])
    expect(await secrets.read()).toEqual({ password: 'pwB' })
  })

  it('does not bring back a password that was deleted while it waited to be stored', async () => {
    const store = new LockableStore()
    const keychain = new KeychainService(store)
    const secrets = new ServerSecrets('a', keychain)
    await secrets.save(true, 'pwA', 'refreshA')
    store.locked = true
    await secrets.replacePassword('pwB')
    await secrets.deletePassword()
    await store.unlock()
    await expect.poll(() => secrets.undeleted).toEqual([])
    expect(Object.fromEntries(store.secrets)).toEqual({ 'a:refresh': 'refreshA' })
  })
})

describe('an entry that could not be deleted', () => {
  const file = () => join(temporaryFolder(), 'keychain.json')
  const run = (store: FakeSecretStore, path: string) =>
    new KeychainService(store, new UndeletedSecrets(undeletedStore(path)), () => Date.now())

  it('is deleted after a restart before it is used, and only its name is on disk', async () => {
    const [store, path] = [new FakeSecretStore(), file()]
    const secrets = new ServerSecrets('a', run(store, path))
    await secrets.save(true, 'pwA', 'refreshA')
    store.broken = true
    await secrets.save(true, 'pwB', 'refreshB')
    expect(readFileSync(path, 'utf8')).toContain('"a:refresh"')
    expect(readFileSync(path, 'utf8')).not.toMatch(/pw[AB]|refresh[AB]/)

    const stillBroken = new ServerSecrets('a', run(store, path))
    expect(await stillBroken.read()).toEqual({ error: expect.objectContaining({ code: 'keychain' }) as unknown })
    expect(stillBroken.undeleted).toEqual(['refresh'])

    store.broken = false
    const next = new ServerSecrets('a', run(store, path))
    expect(await next.read()).toEqual({ password: 'pwA' })
    expect([Object.fromEntries(store.secrets), next.undeleted]).toEqual([{ 'a:password': 'pwA' }, []])
    await expect.poll(() => readFileSync(path, 'utf8')).not.toContain('a:refresh')
  })

  it('is deleted when the keychain responds at the start, also of a server that was removed', async () => {
    const [store, path] = [new FakeSecretStore(), file()]
    const keychain = run(store, path)
    await keychain.set('a', 'refresh', 'token')
    store.broken = true
    expect(await failureOf(keychain.forget(['a']))).toMatchObject({ code: 'keychain' })
    store.broken = false
    const next = run(store, path)
    expect(await next.status()).toMatchObject({ state: 'ok' })
    await expect.poll(() => store.secrets.size).toBe(0)
    await expect.poll(() => next.undeletedOf('a')).toEqual([])
  })

  it('is one of the system keychain while passwords are kept in memory', async () => {
    const [store, path] = [new FakeSecretStore(), file()]
    const keychain = run(store, path)
    await keychain.set('a', 'password', 'old')
    store.broken = true
    await failureOf(keychain.get('a', 'password'))
    keychain.useMemory()
    await keychain.set('a', 'password', 'new')
    await keychain.set('b', 'password', 'new')
    await keychain.delete('b', 'password')
    expect(await keychain.get('a', 'password')).toBe('new')
    expect([keychain.undeletedOf('a'), keychain.undeletedOf('b')]).toEqual([['password'], ['password']])
    store.broken = false
    expect(await run(store, path).get('a', 'password')).toBeUndefined()
    expect(Object.fromEntries(store.secrets)).toEqual({})
  })

  it('does not exist where no keychain ever responded', async () => {
    const [store, path] = [new FakeSecretStore(), file()]
    store.broken = true
    const keychain = run(store, path)
    await keychain.delete('a', 'refresh')
    keychain.useMemory()
    await keychain.set('a', 'password', 'new')
    expect(keychain.undeletedOf('a')).toEqual([])
  })

  it('is over when a new secret is stored in its place', async () => {
    const store = new PartialStore(() => false)
    const keychain = new KeychainService(store)
    const secrets = new ServerSecrets('a', keychain)
    await secrets.save(true, 'pwA', 'refreshA')
    const remove = store.delete.bind(store)
    store.delete = () => Promise.reject(new Error('refused'))
    await secrets.forget()
    expect(secrets.undeleted).toEqual(['password', 'refresh'])
    expect(await secrets.save(true, 'pwB', 'refreshB')).toEqual({ passwordStored: true, error: undefined })
    expect([secrets.undeleted, await secrets.read()]).toEqual([[], { password: 'pwB', refresh: 'refreshB' }])
    store.delete = remove
    await keychain.status()
    expect(store.secrets.size).toBe(2)
  })

  it('counts in the copy of a damaged file', async () => {
    const [store, path] = [new FakeSecretStore(), file()]
    const keychain = run(store, path)
    await keychain.set('a', 'refresh', 'token')
    await keychain.set('b', 'refresh', 'token')
    store.broken = true
    await failureOf(keychain.forget(['a', 'b']))
    writeFileSync(path, '{')
    expect(run(store, path).undeletedOf('a')).toContain('refresh')
  })
})
