import type { ServerRecord } from '@shared/domain/server'
import type { SessionState } from '@shared/domain/session'
import type { PbxReader } from '@main/portsip/pbx-client'
import { Servers } from '@main/servers/servers'

interface Facts extends Pick<Partial<SessionState>, 'role' | 'version' | 'username'> {
  readonly seenAs?: string
}

/** The servers of a workspace with only one, which this client is signed in to. */
export const oneServer = (client: PbxReader, record: () => ServerRecord, { seenAs, ...facts }: Facts = {}): Servers =>
  new Servers(
    { get: record },
    {
      reader: () => client,
      seenAs: () => seenAs,
      state: (serverId) => ({
        serverId,
        phase: 'signed-in',
        address: 'first',
        passwordStored: false,
        failures: 0,
        ...facts,
      }),
    },
  )
