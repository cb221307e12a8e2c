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
