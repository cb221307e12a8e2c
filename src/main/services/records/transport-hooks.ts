import type { Guard } from '@shared/domain/write'
import type { FieldKey } from '@shared/resources/resource'
import { transport } from '@shared/resources/transport'
import { readRows, type ReadRows } from '../../portsip/incomplete-list'
import { allRecords, type ListedRecord } from '../../portsip/records'
import type { PbxReader } from '../../portsip/pbx-client'
import type { RecordHooks } from './hooks'
import { incompleteGuards } from './incomplete-check'

type Key = FieldKey<typeof transport>

/** Ports of an SBC that runs on the same host. */
const sbcPorts: ReadonlySet<number> = new Set([5065, 5066, 5067, 5069])

const readTransports = (client: PbxReader): Promise<ReadRows<ListedRecord<Key>>> =>
  readRows(allRecords(client, transport, {}))

const named = (row: ListedRecord<Key>): string => `${String(row.protocol)} ${String(row.port)}`

/** Ports that others use, firewalls that must follow, and the last transport, without which no phone registers. */
export const transportHooks: RecordHooks<Key> = {
  async check({ client, id, changes, current }) {
    const port = changes.port ?? current?.port
    const { rows, incomplete } = await readTransports(client)
    const others = rows.filter((row) => row.id !== id)
    const guards: Guard[] = [
      ...(changes.port === undefined ? [] : incompleteGuards(incomplete, 'Another transport may use this port.')),
    ]
    const taken = others.filter((row) => row.port === port)
    if (taken.length > 0 && changes.port !== undefined)
      guards.push({
        kind: 'port-conflict',
        message: `Port ${String(port)} is already used by the transport ${taken.map(named).join(', ')}.`,
        addresses: [],
      })
    if (typeof port === 'number' && sbcPorts.has(port) && changes.port !== undefined)
      guards.push({
        kind: 'port-conflict',
        message: `Port ${port} is used by an SBC on the same host (5065, 5066, 5067, 5069).`,
        addresses: [],
      })
    const warnings =
      changes.port === undefined
        ? []
        : [
            'Open the port in the system and cloud firewalls, and set it on the phones and trunks that use this transport.',
          ]
    return { guards, warnings }
  },
  async checkDestroy({ client, ids }) {
    const { rows, incomplete } = await readTransports(client)
    const left = rows.filter((row) => !ids.includes(row.id))
    if (left.length > 0) return []
    if (incomplete !== undefined)
      return incompleteGuards(incomplete, 'The last transport may be among those to delete.')
    return [
      {
        kind: 'last-transport',
        message: 'No transport would remain. No phone could register, and the PBX refuses this.',
        addresses: [],
      },
    ]
  },
}
