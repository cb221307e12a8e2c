import type { Assignee, Trunk } from '@shared/domain/trunk'
import type { Random } from '../random'
import type { Ids } from './ids'

const makers = [
  { name: 'Nordkabel SIP Berlin', brand: 'Nordkabel', hostname: 'sip.nordkabel.example', first: 4_930_901_000n },
  { name: '<b>Bold Carrier</b> & Söhne', brand: 'Generic', hostname: 'trunk.bold.example', first: 35_121_400_000n },
  { name: 'Harbour Telecom (backup)', brand: 'Harbour', hostname: '198.51.100.20', first: 442_071_230_000n },
  { name: '桜通信 SIPトランク', brand: 'Sakura', hostname: 'sip.sakura.example', first: 81_354_200_000n },
  {
    name: '<img src=x onerror=alert(1)>',
    brand: '<i>Whitelabel</i>',
    hostname: 'gw1.whitelabel.example',
    first: 7000n,
  },
  { name: 'Lab', brand: 'Generic', hostname: '10.20.0.60', first: 900_000_000_000_000_001n },
] as const

/** The trunks of a practice server: six, all but the last with tenants, whose pools do not overlap. */
export interface TrunkData {
  readonly trunks: readonly Trunk[]
  /** By trunk, then by tenant. */
  readonly assignees: ReadonlyMap<string, Map<string, Assignee>>
}

export function makeTrunks(tenants: readonly { readonly id: string }[], random: Random, ids: Ids): TrunkData {
  const assignees = new Map<string, Map<string, Assignee>>()
  const trunks = makers.map(({ first, ...maker }, index): Trunk => {
    const id = ids.next()
    const below = new Map<string, Assignee>()
    assignees.set(id, below)
    let at = first
    for (const tenant of tenants) {
      if (below.size >= 12 || index === makers.length - 1 || !random.chance(0.35)) continue
      const block = BigInt(10 * (1 + random.below(10)))
      const single = random.chance(0.4) ? [`${at + block + 5n}`] : []
      below.set(tenant.id, {
        tenant_id: tenant.id,
        did_numbers: [`${at}-${at + block - 1n}`, ...single].join(';'),
        concurrency: 2 * (1 + random.below(30)),
      })
      at += block + 10n
    }
    return {
      id,
      ...maker,
      enabled: index !== 2,
      port: 5060,
      did_numbers: `${first}-${first + 1999n}`,
      shared: below.size > 1,
    }
  })
  return { trunks, assignees }
}
