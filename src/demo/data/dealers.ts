import { dealerLevels } from '@shared/domain/dealer'
import type { StoredRecord } from '../stored-record'
import type { Random } from '../random'
import type { Ids } from './ids'
import { awkwardTexts, companies } from './words'

/** The first dealer is `dealer1`, which has an account; levels repeat from the highest to the lowest. */
export function makeDealers(count: number, random: Random, ids: Ids): StoredRecord[] {
  return Array.from({ length: count }, (_, index): StoredRecord => ({
    id: ids.next(),
    enabled: index === 0 || random.chance(0.9),
    level: dealerLevels[index % dealerLevels.length] ?? 'DISTRIBUTOR',
    name: `dealer${index + 1}`,
    email: random.chance(0.8) ? `dealer${index + 1}@example.com` : null,
    display_name: random.chance(0.1) ? random.pick(awkwardTexts) : random.pick(companies),
    website: random.chance(0.5) ? `https://dealer${index + 1}.example` : null,
    phone: random.chance(0.7) ? `+49 30 ${100_000 + random.below(900_000)}` : null,
    address: random.chance(0.5) ? `${1 + random.below(200)} Example Street` : null,
    description: random.chance(0.3) ? random.pick(awkwardTexts) : null,
    max_tenants: 10 * (1 + random.below(20)),
    max_extensions: 500 * (1 + random.below(100)),
    tenant_full_access: random.chance(0.8),
  }))
}

/** Sub-distributors belong to the first distributor, and each reseller to the sub-distributor before it. */
export function makeParents(dealers: readonly StoredRecord[]): Map<string, string> {
  return new Map(
    dealers.flatMap(({ id }, index): [string, string][] => {
      const depth = index % dealerLevels.length
      const parent = depth === 0 ? undefined : dealers[depth === 1 ? 0 : index - 1]
      return parent === undefined ? [] : [[id, parent.id]]
    }),
  )
}

/** Every third tenant belongs to the first dealer, and some to the next one. */
export const makeTenantDealers = (
  tenants: readonly StoredRecord[],
  [first, second]: readonly StoredRecord[],
): Map<string, readonly string[]> =>
  new Map(
    tenants.flatMap(({ id }, index): [string, readonly string[]][] => {
      const owner = index % 3 === 0 ? first : index % 12 === 5 ? second : undefined
      return owner === undefined ? [] : [[id, [owner.id]]]
    }),
  )
