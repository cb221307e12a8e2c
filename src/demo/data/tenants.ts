import type { TenantSummary } from '@shared/domain/tenant'
import { toStamp } from '../clock'
import type { Random } from '../random'
import type { Ids } from './ids'
import { awkwardTexts, companies, places } from './words'

const day = 86_400_000
const longestDomain = 280

/** Labels of at most 63 characters, up to the length that the API allows. */
const longDomain = (index: number): string => {
  const label = 'a-very-long-name-that-somebody-really-registered-for-a-pbx-once'
  const text = `t${index}.${`${label}.`.repeat(5)}`
  return `${text.slice(0, longestDomain - 8).replace(/[.-]+$/, '')}.example`
}

/** The first tenant is `tenant1.example`, for the tenant's administrator account. */
export function makeTenants(count: number, random: Random, ids: Ids, now: number): TenantSummary[] {
  return Array.from({ length: count }, (_, index): TenantSummary => {
    const place = random.pick(places)
    const name = index > 0 && random.chance(0.05) ? random.pick(awkwardTexts) : random.pick(companies)
    const hasLogo = random.chance(0.3)
    return {
      id: ids.next(),
      name: index < companies.length ? name : `${name} ${index + 1}`,
      domain: index > 0 && random.chance(0.03) ? longDomain(index + 1) : `tenant${index + 1}.example`,
      max_extensions: 10 * (1 + random.below(100)),
      max_concurrent_calls: 2 * (1 + random.below(60)),
      enabled: index === 0 || random.chance(0.95),
      website: random.chance(0.5) ? `https://www.tenant${index + 1}.example` : null,
      timezone: place.timezone,
      currency: place.currency,
      region: place.region,
      avatar_file_name: hasLogo ? 'logo.png' : null,
      avatar_file_size: hasLogo ? 1000 + random.below(90_000) : null,
      avatar_file_url: hasLogo ? `/blobs/${index.toString(16).padStart(64, '0')}` : null,
      created_at: toStamp(now - (1 + random.below(2000)) * day),
    }
  })
}
