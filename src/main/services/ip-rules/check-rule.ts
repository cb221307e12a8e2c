import { parseCidr, type Cidr } from '@shared/domain/cidr'
import type { IpRule, IpRuleInput } from '@shared/domain/ip-rule'
import type { ServerRecord } from '@shared/domain/server'
import type { Guard } from '@shared/domain/write'
import { FleetError } from '@shared/ipc/result'
import type { PbxClient } from '../../portsip/pbx-client'
import { protectedAddresses, type AddressSources } from './addresses'
import { findOverlaps, type Overlaps } from './find-overlaps'
import { denyGuards, editGuards, isActive } from './guards'

export interface RuleCheck extends Overlaps {
  readonly range: Cidr
  readonly guards: readonly Guard[]
  /** What the guards cannot know of this computer's addresses. */
  readonly ownAddressNote?: string
}

interface CheckDeps {
  readonly client: PbxClient
  readonly record: ServerRecord
  readonly sources: AddressSources
  readonly seenAs: string | undefined
  readonly now: number
  readonly signal?: AbortSignal
}

const ownAddressNote =
  'Compared with the addresses of this computer itself. Addresses behind a router are not known here: make sure that the range does not contain the public address of this network.'

/** Looks at a draft: what it overlaps, and the harm it would do. `before` is the rule as it stands, when one is edited. */
export async function checkRule(deps: CheckDeps, input: IpRuleInput, before?: IpRule): Promise<RuleCheck> {
  const parsed = parseCidr(input.cidr)
  if (!parsed.ok)
    throw new FleetError({
      code: 'rejected',
      message: 'The address range cannot be read',
      fields: [{ path: 'cidr', message: parsed.message }],
    })
  const range = parsed.cidr
  const found = await findOverlaps(deps.client, range, deps.signal)
  const rules = found.rules.filter((rule) => rule.id !== before?.id)
  const guards: Guard[] = before === undefined ? [] : [...editGuards(before, input, deps.now)]
  if (input.target !== 'DENY' || !isActive(input, deps.now)) return { ...found, rules, range, guards }
  const addresses = await protectedAddresses(deps.record, deps.client, deps.sources, deps.seenAs)
  guards.push(...denyGuards(range, addresses, rules, deps.now))
  return { ...found, rules, range, guards, ...(addresses.behindRouter && { ownAddressNote }) }
}
