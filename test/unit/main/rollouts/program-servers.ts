import type { ServerId, ServerRecord } from '@shared/domain/server'
import { FleetError } from '@shared/ipc/result'
import type { SessionClient } from '@main/services/session/session-client'
import { Servers } from '@main/servers/servers'
import { programClient, programRecord, type ProgramServer } from '../journal/program-parts'

export interface ProgramServers {
  readonly servers: Servers
  readonly ids: readonly ServerId[]
  client(id: ServerId): SessionClient
}

/** The servers of a workspace, to all of which a program is signed in already. They are named by their place. */
export function programServers(given: readonly ProgramServer[]): ProgramServers {
  const clients = new Map(given.map((server) => [server.serverId, programClient(server)]))
  const records = new Map(
    given.map((server, place): readonly [ServerId, ServerRecord] => [
      server.serverId,
      { ...programRecord(server), name: `PBX ${place}` },
    ]),
  )
  const found = <T>(map: ReadonlyMap<ServerId, T>, id: ServerId): T => {
    const value = map.get(id)
    if (value === undefined) throw new FleetError({ code: 'not-found', message: 'Not in the workspace' })
    return value
  }
  const client = (id: ServerId): SessionClient => found(clients, id)
  const servers = new Servers(
    { get: (id) => found(records, id) },
    {
      reader: client,
      seenAs: () => undefined,
      state: (serverId) => ({
        ...{ serverId, phase: 'signed-in', address: 'first', passwordStored: false, failures: 0, username: 'admin' },
      }),
    },
  )
  return { servers, ids: [...records.keys()], client }
}
