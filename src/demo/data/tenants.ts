import { toStamp } from '../clock'
import type { StoredRecord } from '../stored-record'
import type { Random } from '../random'
import type { Ids } from './ids'
import { tenantDefaults } from './tenant-detail'
import { awkwardTexts, companies, places } from './words'

const day = 86_400_000
const longestDomain = 280

/** Labels of up to 63 characters, up to the length that the API allows. */
const longDomain = (index: number): string => {
  const label = 'a-very-long-name-that-somebody-really-registered-for-a-pbx-once'
  const text = `t${index}.${`${label}.`.repeat(5)}`
  return `${text.slice(0, longestDomain - 8).replace(/[.-]+$/, '')}.example`
}

const eventWithSecrets = {
  enabled: true,
  auth: 'BASIC',
  username: 'collector',
  password: 'collectorpass7',
  token: 'bearer-token-of-tenant-1',
  url: 'https://records.example.com/cdr',
}

/** The first tenant is `tenant1.example`, for the account of the tenant administrator. */
export function makeTenants(count: number, random: Random, ids: Ids, now: number) {
  return Array.from({ length: count }, (_, index) => {
    const place = random.pick(places)
    const name = index > 0 && random.chance(0.05) ? random.pick(awkwardTexts) : random.pick(companies)
    const hasLogo = random.chance(0.3)
    return {
      ...tenantDefaults(place.country),
      // One tenant has secrets that must not be shown.
      ...(index === 0 && { cdr_event: eventWithSecrets }),
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
    } satisfies StoredRecord
  })
}
