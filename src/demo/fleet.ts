import { makeIdentity } from './certificate'
import { openBlackHole } from './fleet/black-hole'
import { customerAt, type Customer } from './fleet/customers'
import { kindAt, type FleetKind } from './fleet/kinds'
import { serverOptions } from './fleet/server-options'
import { defaultOptions, type PracticeOptions } from './options'
import { startPracticePbx, type PracticePbx } from './practice-pbx'

export interface FleetOptions extends Pick<PracticeOptions, 'seed' | 'password' | 'recordLimit'> {
  readonly count: number
}

/** A server of a practice fleet, as it is entered in a workspace. */
export interface FleetServer extends Customer {
  readonly kind: FleetKind
  readonly url: string
  readonly username: string
  /** The stored password; undefined if none is stored. */
  readonly password: string | undefined
  /** The pinned certificate in PEM and its fingerprint; undefined if none is pinned. */
  readonly certificate: string | undefined
  readonly fingerprint256: string | undefined
  /** Undefined for a black hole. */
  readonly pbx: PracticePbx | undefined
}

export interface PracticeFleet {
  /** In the order of their index. */
  readonly servers: readonly FleetServer[]
  stop(): Promise<void>
}

interface Started {
  readonly server: FleetServer
  readonly close: () => Promise<void>
}

/** The password in the keychain for a server with this password. */
function storedPassword(kind: FleetKind, password: string): string | undefined {
  if (kind === 'no-password') return undefined
  return kind === 'wrong-password' ? `Old-${password}` : password
}

async function startServer(index: number, options: FleetOptions): Promise<Started> {
  const { seed = defaultOptions.seed, password = defaultOptions.password, recordLimit = 0 } = options
  const kind = kindAt(index)
  const isBlackHole = kind === 'black-hole'
  const pbx = isBlackHole
    ? undefined
    : await startPracticePbx({ ...serverOptions(index, kind, seed + index), password, recordLimit })
  const { url, close } = pbx ?? (await openBlackHole())
  const pinned = kind === 'untrusted' ? undefined : (pbx?.identity ?? (await makeIdentity('valid-self-signed')))
  const server = {
    ...customerAt(index),
    kind,
    url,
    username: defaultOptions.username,
    password: storedPassword(kind, password),
    certificate: pinned?.cert,
    fingerprint256: pinned?.fingerprint256,
    pbx,
  }
  return { server, close }
}

/**
 * Starts `count` practice servers in this process, more than half of them fine and the others each with something that needs
 * attention. Kinds, names and data depend only on the index and the seed.
 */
export async function startPracticeFleet(options: FleetOptions): Promise<PracticeFleet> {
  const indexes = Array.from({ length: options.count }, (_, index) => index)
  const started = new Map<number, Started>()
  const stop = async (): Promise<void> => {
    await Promise.all([...started.values()].map(({ close }) => close()))
  }
  const start = async (index: number): Promise<void> => {
    started.set(index, await startServer(index, options))
  }
  const isClosed = (index: number): boolean => kindAt(index) === 'refuses-connections'
  const startAll = async (some: readonly number[]): Promise<void> => {
    const failure = (await Promise.allSettled(some.map(start))).find((result) => result.status === 'rejected')
    if (failure === undefined) return
    await stop()
    throw failure.reason
  }
  await startAll(indexes.filter((index) => !isClosed(index)))
  // Last, so that no other server of the fleet gets a port that is free again.
  await startAll(indexes.filter(isClosed))
  const servers = indexes.flatMap((index) => started.get(index)?.server ?? [])
  return { servers, stop }
}
