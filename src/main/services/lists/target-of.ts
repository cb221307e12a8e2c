import type { ServerId } from '@shared/domain/server'
import type { ListId } from '@shared/resources/ids'
import { requiredBy } from '@shared/resources/newest-version'
import { listOf } from '@shared/resources/registry'
import type { Servers } from '../../servers/servers'
import { systemAddresses, type AddressSources } from '../ip-rules/addresses'
import type { Hooks } from '../records/hooks'
import { listTarget } from './list-target'
import { ruleNotes, ruleTarget } from './rule-target'
import type { ListTarget } from './target'

export interface TargetDeps {
  readonly servers: Pick<Servers, 'version' | 'seenAs' | 'state'>
  readonly hooks: Hooks
  readonly addresses?: AddressSources
}

/** A list with every field that a version has, to check values before it is known which server gets them. */
export const describedTarget = (resource: ListId): ListTarget => listTarget(listOf(resource), undefined)

/** The same with the fields required that this version requires. */
export function describedTargetFor(resource: ListId, version: string | undefined): ListTarget {
  const list = listOf(resource)
  const target = listTarget({ ...list, fields: requiredBy(list.fields, version) }, undefined)
  return resource === 'ip-rules' ? { ...target, rowNotes: ruleNotes } : target
}

export type TargetOf = (serverId: ServerId, resource: ListId) => ListTarget

/** The lists of a server, as its version has them. */
export const targetsOf =
  ({ servers, hooks, addresses = systemAddresses }: TargetDeps): TargetOf =>
  (serverId, resource) =>
    resource === 'ip-rules'
      ? ruleTarget(addresses, () => servers.seenAs(serverId))
      : listTarget(listOf(resource), servers.version(serverId), hooks[resource], () => servers.state(serverId).role)
