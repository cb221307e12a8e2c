import type { IpRule } from '@shared/domain/ip-rule'
import type { TenantName } from '@shared/domain/trunk'
import { plainText } from '@shared/text/plain-text'
import type { PracticeFaults } from '@shared/domain/practice'
import type { TokenOwner } from '@shared/domain/server-token'
import { X509Certificate } from 'node:crypto'
import type { PracticeAccount } from './accounts'
import { makeApplication } from './application'
import { makeIdentity, type Identity } from './certificate'
import { everythingOff } from './fault-box'
import { Listener } from './listener'
import { defaultOptions, type PracticeOptions, type PracticeVersion } from './options'
import { Recorder, type RecordedRequest } from './recorder'
import { makeWorld, type World } from './world'

export type { PracticeAccount } from './accounts'
export type { PracticeOptions } from './options'
export type { RecordedRequest } from './recorder'

export interface PracticeAssignment {
  readonly trunk: string
  readonly tenant: string
  /** In API format: `3000;12000-18000`. */
  readonly numbers: string
}

/** A running practice PBX. `username`, `password` and `role` are those of the system administrator. */
export interface PracticePbx {
  readonly url: string
  /** The second route, if the options have one. It stays open while the first one refuses connections. */
  readonly secondUrl?: string
  /** Fingerprint of the certificate for new connections. */
  readonly fingerprint256: string
  /** The key pair in use at the start, for reuse at a later start. */
  readonly identity: Identity
  readonly username: string
  readonly password: string
  readonly role: string
  /** Its API generation. */
  readonly version: PracticeVersion
  readonly accounts: readonly PracticeAccount[]
  readonly faults: PracticeFaults
  readonly requests: readonly RecordedRequest[]
  /** Turns faults on or off; resolves when the port is closed or open again. */
  setFaults(patch: Partial<PracticeFaults>): Promise<void>
  clearFaults(): Promise<void>
  /** The last code that was sent for a second step. */
  otpCode(): string
  advanceClock(seconds: number): void
  /** Ends every session, like a restart of the PBX. */
  dropSessions(): void
  clearLockOuts(): void
  /** Uses the certificate stored with POST /key, like `docker restart portsip.webserver`. */
  restartWebServer(): void
  /** The current token of the SBC or the IM server. */
  tokenOf(owner: TokenOwner): string | null
  addRule(rule: Pick<IpRule, 'cidr' | 'target'> & Partial<IpRule>): IpRule
  /** Changes a rule like another user would. */
  changeRule(id: string, changes: Partial<IpRule>): void
  removeRule(id: string): void
  rules(): readonly IpRule[]
  tenants(): readonly TenantName[]
  /** The assignments of all trunks, by the names of trunk and tenant. */
  assignments(): readonly PracticeAssignment[]
  /** Number of uploads that were neither completed nor destroyed. */
  unfinishedUploads(): number
  close(): Promise<void>
}

function addRule({ ids, rules }: World, rule: Pick<IpRule, 'cidr' | 'target'> & Partial<IpRule>): IpRule {
  const added: IpRule = { expire_at: null, description: null, ...rule, id: ids.next() }
  rules.add(added)
  return added
}

const tenantsOf = ({ lists }: World): readonly TenantName[] =>
  lists.tenants
    .all()
    .map((tenant) => ({ id: tenant.id, name: plainText(tenant['name']), domain: plainText(tenant['domain']) }))

function assignmentsOf(world: World): readonly PracticeAssignment[] {
  const names = new Map(tenantsOf(world).map(({ id, name }) => [id, name]))
  return world.trunks.all().flatMap(({ id, name }) =>
    [...(world.assignees.get(id)?.values() ?? [])].map(({ tenant_id, did_numbers }) => ({
      trunk: name ?? '',
      tenant: names.get(tenant_id) ?? '',
      numbers: did_numbers ?? '',
    })),
  )
}

/** Starts a practice PBX on loopback over HTTPS. */
export async function startPracticePbx(options: PracticeOptions = {}): Promise<PracticePbx> {
  const resolved = { ...defaultOptions, ...options }
  const { certificateNames, identity: keptIdentity } = resolved
  const made =
    keptIdentity === undefined
      ? await makeIdentity(resolved.certificate, certificateNames, resolved.certificateDays)
      : { ...keptIdentity, fingerprint256: new X509Certificate(keptIdentity.cert).fingerprint256 }
  /** The certificate for the fault `certificateChanged`, generated on first use. */
  let changedIdentity: Identity | undefined
  const world = makeWorld(resolved, made)
  let served = made
  const recorder = new Recorder(resolved.recordLimit)
  const application = await makeApplication(world, recorder)
  const listener = new Listener(made, resolved.host, resolved.port, application.answer)
  const url = await listener.open()
  const { secondRouteFrom } = resolved
  const second =
    secondRouteFrom === undefined
      ? undefined
      : new Listener(made, resolved.host, 0, application.answerFrom(secondRouteFrom))
  const secondUrl = await second?.open()
  const useIdentity = (identity: Identity): void => {
    for (const each of [listener, second]) each?.setIdentity(identity)
  }

  const setFaults = async (patch: Partial<PracticeFaults>): Promise<void> => {
    const before = world.faults.current
    world.faults.set(patch)
    const after = world.faults.current
    world.clock.skewSeconds = after.clockSkewSeconds
    if (after.expireTokens && patch.expireTokens === true) world.sessions.expireIssued()
    if (after.version !== before.version) await application.upgrade(after.version ?? resolved.version)
    if (after.certificateChanged) changedIdentity ??= await makeIdentity(resolved.changedCertificate, certificateNames)
    if (after.certificateChanged !== before.certificateChanged)
      useIdentity((after.certificateChanged ? changedIdentity : undefined) ?? served)
    if (after.refuseConnections !== before.refuseConnections) await listener.setOpen(!after.refuseConnections)
  }
  if (options.faults !== undefined) {
    const initial = world.faults.current
    world.faults.current = { ...everythingOff, latencyMs: resolved.latencyMs }
    await setFaults(initial)
  }

  return {
    url,
    ...(secondUrl !== undefined && { secondUrl }),
    identity: made,
    username: resolved.username,
    password: resolved.password,
    role: 'SystemAdmin',
    get version() {
      return world.options.version
    },
    accounts: world.accounts,
    requests: recorder.requests,
    get fingerprint256() {
      return ((world.faults.current.certificateChanged ? changedIdentity : undefined) ?? served).fingerprint256
    },
    get faults() {
      return world.faults.current
    },
    setFaults,
    clearFaults: () => setFaults({ ...everythingOff, latencyMs: resolved.latencyMs }),
    otpCode: () => {
      const code = world.sessions.lastCode
      if (code === undefined) throw new Error('No code was sent yet')
      return code
    },
    advanceClock: (seconds) => world.clock.advance(seconds),
    dropSessions: () => world.sessions.dropAll(),
    clearLockOuts: () => world.lockOut.clear(),
    restartWebServer: () => {
      const { crt, key } = world.key
      served = { cert: crt, key, fingerprint256: new X509Certificate(crt).fingerprint256 }
      useIdentity(served)
    },
    tokenOf: (owner) => world.tokens[owner],
    addRule: (rule) => addRule(world, rule),
    changeRule: (id, changes) => {
      const rule = world.rules.all().find((candidate) => candidate.id === id)
      if (rule !== undefined) world.rules.replace({ ...rule, ...changes })
    },
    removeRule: (id) => void world.rules.remove(id),
    rules: () => world.rules.all(),
    tenants: () => tenantsOf(world),
    assignments: () => assignmentsOf(world),
    unfinishedUploads: () => world.uploads.unfinished,
    close: async () => {
      await Promise.all([listener.setOpen(false), second?.setOpen(false)])
    },
  }
}
