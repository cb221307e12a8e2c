import type { ServerId } from '@shared/domain/server'
import type { TenantName } from '@shared/domain/trunk'
import { readRows } from '../../portsip/incomplete-list'
import { allTenants } from '../../portsip/trunks'
import type { PbxReader } from '../../portsip/pbx-client'

type Names = ReadonlyMap<string, TenantName>

interface Reading {
  readonly names: Promise<Names>
  readonly startedAt: number
}

/** An id without a name does not make the whole list be read again and again: its tenant may be gone for good. */
const staysFresh = 30_000

async function read(client: PbxReader): Promise<Names> {
  // A name that is missing shows as the tenant's id.
  const { rows } = await readRows(allTenants(client))
  return new Map(rows.map(({ id, name, domain }) => [id, { id, name, domain }]))
}

/** What tenants are called, by server: read once, and again where an id is asked for that was not there. */
export class TenantNames {
  private readonly known = new Map<ServerId, Reading>()

  /** The names of these tenants; one that the PBX does not list has none. */
  async of(serverId: ServerId, client: PbxReader, ids: readonly string[]): Promise<Names> {
    const kept = this.known.get(serverId)
    const names = await kept?.names
    if (kept !== undefined && names !== undefined) {
      const isFresh = performance.now() - kept.startedAt < staysFresh
      if (isFresh || ids.every((id) => names.has(id))) return names
    }
    const reading = { names: read(client), startedAt: performance.now() }
    this.known.set(serverId, reading)
    reading.names.catch(() => this.known.delete(serverId))
    return reading.names
  }

  forget(serverIds: readonly ServerId[]): void {
    for (const id of serverIds) this.known.delete(id)
  }
}
