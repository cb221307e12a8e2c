import type { IpRule } from '@shared/domain/ip-rule'
import type { TokenOwner } from '@shared/domain/server-token'
import type { Trunk } from '@shared/domain/trunk'
import type { ApiRecord } from '@shared/resources/nested'
import type { KeyOf } from '@shared/resources/registry'
import { makeAccounts, type PracticeAccount } from './accounts'
import type { Identity } from './certificate'
import { Clock } from './clock'
import { makeDealers, makeParents, makeTenantDealers } from './data/dealers'
import { Ids } from './data/ids'
import { makeIpRules } from './data/ip-rules'
import { makeLicense, type StoredLicense } from './data/license'
import { makeSingles, type PracticeSingle } from './data/singles'
import { makeTenants } from './data/tenants'
import { makeToken } from './data/tokens'
import { makeTransports } from './data/transports'
import { makeTrunks, type TrunkData } from './data/trunks'
import { FaultBox } from './fault-box'
import type { ListFields } from './list-query'
import { LockOut } from './lock-out'
import type { PracticeList, StoredRecord } from './stored-record'
import type { ResolvedOptions } from './options'
import { Random } from './random'
import { ResourceList } from './resource-list'
import { Sessions } from './sessions'
import { Throttle } from './throttle'
import { Uploads } from './uploads'

const listFields = <K extends string>(fields: readonly K[], searched: readonly K[]): ListFields<K> => ({
  fields: new Set(fields),
  searched,
})

/** Fields by which tenants can be filtered and sorted. */
export const tenantFields = listFields<KeyOf<'tenants'>>(
  [
    'id',
    'name',
    'domain',
    'max_extensions',
    'max_concurrent_calls',
    'enabled',
    'website',
    'timezone',
    'currency',
    'region',
    'created_at',
  ],
  ['name', 'domain'],
)

const trunkFields = listFields(
  ['id', 'name', 'enabled', 'brand', 'hostname', 'port', 'did_numbers', 'shared'],
  ['name', 'brand', 'hostname'],
)

/** The complete state of a practice server, on which the operations work. */
export interface World {
  /** Replaced by an upgrade. */
  options: ResolvedOptions
  readonly clock: Clock
  readonly ids: Ids
  readonly faults: FaultBox
  readonly rules: ResourceList<IpRule>
  /** The described resources: single records and lists. */
  readonly singles: Record<PracticeSingle, ApiRecord>
  readonly lists: Readonly<Record<PracticeList, ResourceList<StoredRecord>>>
  /** Null after a token was destroyed. */
  readonly tokens: Record<TokenOwner, string | null>
  /** The stored certificate of the web server, in PEM; it is used after the next restart. */
  key: { readonly crt: string; readonly key: string }
  license: StoredLicense
  /** The dealer above each dealer that is not a distributor. */
  readonly parents: Map<string, string>
  /** IDs of the dealers of each tenant. */
  readonly tenantDealers: Map<string, readonly string[]>
  /** When each tenant in deletion disappears, on the practice clock. */
  readonly tenantsEnding: Map<string, number>
  /** What only the administrator of a tenant sees of it: its certificate and key for STIR/SHAKEN. */
  readonly tenantSigning: Map<string, ApiRecord>
  /** Settings of tenants that were changed, by `resource tenantId`. */
  readonly tenantSingles: Map<string, ApiRecord>
  readonly accounts: PracticeAccount[]
  readonly sessions: Sessions
  readonly lockOut: LockOut
  readonly throttle: Throttle
  readonly trunks: ResourceList<Trunk>
  /** Trunk assignments, by trunk and tenant. */
  readonly assignees: TrunkData['assignees']
  readonly uploads: Uploads
}

export function makeWorld(options: ResolvedOptions, identity: Pick<Identity, 'key' | 'cert'>): World {
  const { seed, rules, tenants, dealers, serviceRuleDays } = options
  const clock = new Clock()
  const ids = new Ids(seed)
  const now = clock.now()
  // Each kind of data has its own random numbers, so that more rules do not change the tenants.
  const ruleFields = listFields<KeyOf<'ip-rules'>>(
    ['id', 'cidr', 'target', 'expire_at', 'description'],
    ['cidr', 'target', 'description'],
  )
  const ruleList = new ResourceList(makeIpRules(rules, new Random(seed), ids, now, serviceRuleDays), ruleFields)
  const tenantRows = makeTenants(tenants, new Random(seed + 1), new Ids(seed + 1_000_003), now)
  const dealerRows = makeDealers(dealers, new Random(seed + 2), new Ids(seed + 2_000_003))
  const { trunks, assignees } = makeTrunks(tenantRows, new Random(seed + 4), new Ids(seed + 4_000_003))
  return {
    options,
    clock,
    ids,
    faults: new FaultBox(options.latencyMs, options.faults),
    rules: ruleList,
    singles: makeSingles(options.webDomain),
    lists: {
      transports: new ResourceList(
        makeTransports(new Ids(seed + 3_000_003)),
        listFields<KeyOf<'transports'>>(['id', 'protocol', 'port', 'verification'], ['protocol', 'verification']),
      ),
      tenants: new ResourceList(tenantRows, tenantFields),
      dealers: new ResourceList(dealerRows, listFields<KeyOf<'dealers'>>(['id', 'name', 'level'], ['name'])),
    },
    tokens: { sbc: makeToken(), im: makeToken() },
    key: { crt: identity.cert, key: identity.key },
    license: makeLicense(),
    parents: makeParents(dealerRows),
    tenantDealers: makeTenantDealers(tenantRows, dealerRows),
    tenantsEnding: new Map(),
    tenantSigning: new Map(),
    tenantSingles: new Map(),
    accounts: makeAccounts(options, tenantRows[0]?.domain, dealerRows[0]?.id),
    sessions: new Sessions(clock, options.tokenSeconds, options.codeSeconds),
    lockOut: new LockOut(ruleList, ids, clock, options),
    throttle: new Throttle(clock, options.perMinute),
    trunks: new ResourceList(trunks, trunkFields),
    assignees,
    uploads: new Uploads(),
  }
}
