import { randomUUID } from 'node:crypto'
import { emptyServerDraft, type ServerId, type ServerRecord } from '@shared/domain/server'
import type { SessionState, SignInArgs } from '@shared/domain/session'
import { FleetError } from '@shared/ipc/result'
import type { PracticeOptions, PracticePbx } from '@demo/practice-pbx'
import { startSharedKeyPbx } from '@test/fakes/practice-pbx'
import { onlyRoots } from '@main/portsip/trusted-roots'
import { KeychainService } from '@main/services/session/keychain-service'
import type { SessionDeps } from '@main/services/session/session-deps'
import { SessionService } from '@main/services/session/session-service'
import type { Approved } from '@main/services/writes/approved'
import { Writer } from '@main/services/writes/writer'
import { Servers } from '@main/servers/servers'
import { FakeSecretStore } from '@test/fakes/secret-store'
import { noWaiting } from '@test/fakes/timing'
import { noLog } from '@test/fakes/writer'

/** Sessions over real HTTPS with practice servers; the keychain is a fake, and waits end immediately. */
export class Harness {
  readonly records = new Map<ServerId, ServerRecord>()
  readonly store = new FakeSecretStore()
  readonly keychain = new KeychainService(this.store)
  readonly log: string[] = []
  readonly states: SessionState[] = []
  readonly sessions: SessionService
  readonly writer = new Writer({
    servers: { record: (id) => this.get(id) },
    access: (id) => this.sessions.access(id),
    log: noLog,
    timing: noWaiting,
  })
  private readonly started: PracticePbx[] = []

  constructor(extra: Partial<SessionDeps> = {}) {
    this.sessions = this.restart(extra)
  }

  get servers(): Servers {
    return new Servers(this, this.sessions)
  }

  /** Another run of the app with the same records and keychain. */
  restart(extra: Partial<SessionDeps> = {}): SessionService {
    const log = (line: string): void => void this.log.push(line)
    const service = new SessionService({
      records: {
        get: (id) => this.get(id),
        patch: async (id, patch) => {
          const before = this.get(id)
          const after = { ...before, ...patch }
          this.records.set(id, after)
          await service.recordChanged(before, after)
          return after
        },
      },
      keychain: this.keychain,
      log: { info: log, warn: log },
      roots: onlyRoots([]),
      timing: noWaiting,
      ...extra,
    })
    service.onChange((state) => void this.states.push(state))
    return service
  }

  /** A practice server in the workspace; its certificate is trusted by default. */
  async add(
    options: PracticeOptions = {},
    record: Partial<ServerRecord> & { readonly trusted?: boolean } = {},
  ): Promise<{ readonly pbx: PracticePbx; readonly id: ServerId }> {
    const pbx = await startSharedKeyPbx({ rules: 20, tenants: 2, dealers: 2, ...options })
    this.started.push(pbx)
    const id = randomUUID()
    const { trusted = true, ...rest } = record
    this.records.set(id, {
      ...emptyServerDraft,
      id,
      name: 'Practice',
      address: pbx.url,
      username: pbx.username,
      activeAddress: 'first',
      ...rest,
    })
    if (trusted) {
      const { certificate } = await this.sessions.connect(id)
      if (certificate) this.records.set(id, { ...this.get(id), pin: certificate })
      this.sessions.cancel(id)
    }
    return { pbx, id }
  }

  signIn(id: ServerId, pbx: PracticePbx, args: Partial<SignInArgs> = {}): Promise<SessionState> {
    const { username, password } = pbx
    return this.sessions.signIn({
      serverId: id,
      username,
      password,
      domain: '',
      remember: true,
      confirmRisk: false,
      ...args,
    })
  }

  patch(id: ServerId, patch: Partial<ServerRecord>): void {
    this.records.set(id, { ...this.get(id), ...patch })
  }

  async close(): Promise<void> {
    this.store.broken = false
    await this.sessions.forget([...this.records.keys()])
    await Promise.all(this.started.map((pbx) => pbx.close()))
  }

  /** Sends with the session at any protection level; the result is not read back. */
  send<T>(id: ServerId, send: Parameters<Approved['perform']>[1]['send']): Promise<T> {
    const write = { kind: 'action' as const, operation: '', identity: '', before: {}, changes: {} }
    return this.writer.approveAction(id).perform(write, { send, readBack: (sent) => Promise.resolve(sent as T) })
  }

  get(id: ServerId): ServerRecord {
    const record = this.records.get(id)
    if (record === undefined) throw new FleetError({ code: 'not-found', message: 'Not in the workspace' })
    return record
  }
}

/** The requests that a practice server received, as `POST /auth/sign_in 200`. */
export const sentTo = (pbx: PracticePbx): readonly string[] =>
  pbx.requests.map(({ method, path, status }) => `${method} ${path} ${status}`)

/** The detail of the FleetError with which a promise rejects. */
export async function failureOf(work: Promise<unknown>): Promise<FleetError['detail']> {
  try {
    await work
  } catch (error) {
    if (error instanceof FleetError) return error.detail
    throw error
  }
  throw new Error('It did not fail')
}
