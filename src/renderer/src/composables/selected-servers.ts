import { shallowRef, type ShallowRef } from 'vue'
import type { ServerId } from '@shared/domain/server'

const ids = shallowRef<ReadonlySet<ServerId>>()

/** The servers that were selected in the sidebar for the tables of the fleet; undefined for all. */
export const useSelectedServers = (): {
  readonly ids: Readonly<ShallowRef<ReadonlySet<ServerId> | undefined>>
  readonly select: (servers: Iterable<ServerId>) => void
  readonly clear: () => void
} => ({
  ids,
  select: (servers) => (ids.value = new Set(servers)),
  clear: () => (ids.value = undefined),
})
