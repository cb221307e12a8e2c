import { fold } from '../text/fold'
import type { ServerId, ServerRecord } from './server'

type Named = Pick<ServerRecord, 'id' | 'name' | 'address'>

const hostText = (address: string): string => address.replace(/^https:\/\//, '').replace(/:8887$/, '')

/** The names of servers in one list; those that another one has too are followed by the address, without the default port. */
export function distinctNames(servers: readonly Named[]): ReadonlyMap<ServerId, string> {
  const counts = new Map<string, number>()
  for (const { name } of servers) counts.set(fold(name), (counts.get(fold(name)) ?? 0) + 1)
  return new Map(
    servers.map(({ id, name, address }) => {
      const isShared = (counts.get(fold(name)) ?? 0) > 1
      return [id, isShared && address !== '' ? `${name} (${hostText(address)})` : name]
    }),
  )
}
