import { allowed } from '@shared/access/allowed'
import type { CertificateView, ServerId } from '@shared/domain/server'
import type { StoredFacts } from '@shared/fleet/facts'
import { FleetError } from '@shared/ipc/result'
import { roleStatus, statusRole, type RoleStatus } from '../../portsip/admin-status'
import type { Servers } from '../../servers/servers'
import type { FleetFacts } from './facts'
import { readExpiringRules } from './expiring-rules'

export interface ReadDeps {
  readonly servers: Pick<Servers, 'record' | 'state' | 'reader'>
  readonly sessions: {
    check(id: ServerId): Promise<CertificateView>
    roleReads(id: ServerId): number
    noteStatus(id: ServerId, status: RoleStatus | undefined, since: number): Promise<void>
  }
  readonly facts: Pick<FleetFacts, 'note'>
  readonly now: () => number
}

const presented = ({ validTo, fingerprint256 }: CertificateView, readAt: string): StoredFacts['certificate'] => ({
  readAt,
  validTo,
  fingerprint256,
})

const timeText = ({ now }: ReadDeps): string => new Date(now()).toISOString()

/** Nothing is stored if the server was removed or got another address meanwhile: the certificate is that of another PBX. */
async function readCertificate(id: ServerId, deps: ReadDeps): Promise<void> {
  const { servers, sessions, facts } = deps
  const { address } = servers.record(id)
  const certificate = presented(await sessions.check(id), timeText(deps))
  if (servers.record(id).address === address) facts.note(id, { certificate })
}

/** Reads what the sign-in did not read: the certificate and, where the role may, the allow rules that expire soon. */
export async function readAfterSignIn(id: ServerId, deps: ReadDeps): Promise<void> {
  const { servers, facts, now } = deps
  await readCertificate(id, deps)
  const canReadRules = (): boolean => allowed(servers.state(id), 'ip-rules', 'read') !== 'no'
  if (!canReadRules()) return
  const expiringRules = await readExpiringRules(servers.reader(id), now())
  // Another account may have signed in meanwhile.
  if (canReadRules()) facts.note(id, { expiringRules })
}

const isForbidden = (error: unknown): boolean => error instanceof FleetError && error.detail.code === 'forbidden'

/**
 * Reads all facts of a server that is signed in; of others, whether they respond and which certificate they present.
 * Throws what the first failing request throws, except that an unknown role may not be allowed to read the status.
 */
export async function readFacts(id: ServerId, deps: ReadDeps): Promise<void> {
  const { servers, sessions } = deps
  const state = servers.state(id)
  if (state.phase !== 'signed-in') return readCertificate(id, deps)
  const since = sessions.roleReads(id)
  const status = await roleStatus(servers.reader(id), statusRole(state), () => timeText(deps)).catch(
    (error: unknown) => {
      if (state.role !== 'SystemAdmin' && isForbidden(error)) return undefined
      throw error
    },
  )
  // Whatever the role is now, what follows needs no part of it.
  void sessions.noteStatus(id, status, since)
  await readAfterSignIn(id, deps)
}
