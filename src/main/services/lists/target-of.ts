import type { ServerId } from '@shared/domain/server'
import type { ListId } from '@shared/resources/ids'
import { listOf } from '@shared/resources/registry'
import { systemAddresses, type AddressSources } from '../ip-rules/addresses'
import { listTarget } from './list-target'
import { ruleTarget } from './rule-target'
import type { ListTarget } from './target'

export interface TargetDeps {
  /** The version of the PBX, where it is known. */
  readonly version: (serverId: ServerId) => string | undefined
  /** This computer's address as the PBX sees it, where it is known. */
  readonly seenAs?: (serverId: ServerId) => string | undefined
  readonly addresses?: AddressSources
}

export type TargetOf = (serverId: ServerId, resource: ListId) => ListTarget

/** The lists of a server, as its version has them. */
export const targetsOf =
  ({ version, seenAs, addresses = systemAddresses }: TargetDeps): TargetOf =>
  (serverId, resource) =>
    resource === 'ip-rules'
      ? ruleTarget(addresses, () => seenAs?.(serverId))
      : listTarget(listOf(resource), version(serverId))
