import type { AddressAnswer, SearchHit } from '@shared/fleet/search'
import { mergedRowId } from '@shared/fleet/merged-row'
import { exportedOf } from '@shared/resources/exported'
import { rowRoute } from '@/features/merged/record-route'

/** A result as a row of a table. */
export type HitRow = {
  readonly id: string
  readonly kind: string
  readonly title: string
  readonly server: string
  readonly detail: string
  readonly readAt: string
  readonly hit: SearchHit
}

/** `Tenant`, `Trunk assignment`. */
export function kindText({ resource }: SearchHit): string {
  const { singular } = exportedOf(resource)
  const kind = resource === 'ip-rules' ? 'IP rule' : singular
  return kind.charAt(0).toUpperCase() + kind.slice(1)
}

export const hitRow = (hit: SearchHit): HitRow => ({
  id: `${hit.resource}/${mergedRowId(hit.serverId, hit.record)}`,
  kind: kindText(hit),
  title: hit.title,
  server: hit.serverName,
  detail: hit.detail,
  readAt: hit.readAt,
  hit,
})

/** Where a hit is on its server: a row of its list. */
export const placeOfHit = ({ resource, serverId, record }: SearchHit) => rowRoute(resource, serverId, record)

/** The rules of a server for an address, with the most specific one. */
export const placeOfAnswer = ({ serverId, rules }: AddressAnswer, address: string) =>
  rules[0] === undefined
    ? { name: 'ip-rules', params: { serverId }, query: { search: address } }
    : rowRoute('ip-rules', serverId, rules[0].record, address)
