import type { ServerId } from '@shared/domain/server'
import { valueAt, type ApiRecord } from '@shared/resources/nested'
import { searchedIds } from '@shared/fleet/search'
import type { MergedId } from '@shared/fleet/merged-ids'
import { Ids } from '@demo/data/ids'
import { makeIpRules } from '@demo/data/ip-rules'
import { makeTenants } from '@demo/data/tenants'
import { Random } from '@demo/random'
import { searchRows } from '@main/services/rows/row-search'
import { RowStore, textsOf } from '@main/services/rows/row-store'
import { RowView } from '@main/services/rows/row-view'
import { storedFields } from '@main/services/rows/stored-fields'
import { WordRows } from '@main/services/rows/word-rows'
import { inTurn, print, timed } from './lib/figure'

/** What is typed over 200,000 objects of 50 servers that were read, in the thread that keeps them. */
const servers = 50
const each = { rules: 2500, tenants: 1500 }
const count = servers * (each.rules + each.tenants)

const store = new RowStore()
const names = (id: ServerId): string => `PBX ${id}`
const now = Date.now()

function add(serverId: ServerId, resource: MergedId, records: readonly (ApiRecord & { readonly id: string })[]): void {
  const { fields } = storedFields(resource)
  store.begin(serverId, resource, new Date(now).toISOString(), 'account')
  store.append(
    serverId,
    resource,
    records.map((record) => ({ id: record.id, cells: fields.map(({ key }) => valueAt(record, key)) })),
  )
  store.end(serverId, resource, true)
}

const serverIds = Array.from({ length: servers }, (_, at) => `server-${at}`)
for (const [seed, id] of serverIds.entries()) {
  const random = new Random(seed)
  const ids = new Ids(seed)
  add(id, 'ip-rules', makeIpRules(each.rules, random, ids, now, undefined) as unknown as (ApiRecord & { id: string })[])
  add(id, 'tenants', makeTenants(each.tenants, random, ids, now) as unknown as (ApiRecord & { id: string })[])
}

/** As the thread of rows has it. */
const words = new WordRows()
const search = (typed: string): number =>
  Object.values(searchRows(store.all(), typed, { names, max: 100, now, words }).counts).reduce(
    (sum, found) => sum + found,
    0,
  )

const lists = store.all().filter(({ resource }) => searchedIds.some((id) => id === resource))
const texts = lists.map(({ resource, rows }) => rows.map((row) => storedFields(resource).text(row)))
/** The first search makes the texts; here they are made beside it. */
const make = (): number =>
  lists.reduce(
    (sum, { resource, rows }) => rows.reduce((length, row) => length + storedFields(resource).text(row).length, sum),
    0,
  )
const madeIn = await timed(make)
const first = await timed(() => search('zzz'))
print({ name: `first search over ${count} objects / making their texts`, unit: 'ms', limit: madeIn, app: first })
if (texts.flat().length !== count) throw new Error('Rows are missing')

/** The window searches from two letters on. */
const keystrokes = ['mu', 'mul', 'mull', 'mulle', 'si', 'sip', 'sip ', 'sip s', '41', '41.', '41.2', '41.20']

const stored = lists.map(textsOf)
/** One pass over the same strings. */
const bare = (): number => {
  let found = 0
  for (const word of keystrokes) {
    const wanted = word.trim()
    for (const list of stored) for (const text of list) if (text.includes(wanted)) found += 1
  }
  return found
}
const perKey = ({ limit, app }: { readonly limit: number; readonly app: number }) => ({
  limit: limit / keystrokes.length,
  app: app / keystrokes.length,
})
bare()
const typed = (): void => keystrokes.forEach(search)
typed()
const whole = await inTurn(
  7,
  () => timed(bare),
  () => timed(typed),
)
print({ name: `search keystroke over ${count} objects / a bare array pass`, unit: 'ms', ...perKey(whole) })
const view = new RowView(store, 'ip-rules', names)
const rules = lists.filter(({ resource }) => resource === 'ip-rules').map(textsOf)
const bareRules = (): number => {
  let found = 0
  for (const word of keystrokes) for (const list of rules) for (const text of list) if (text.includes(word)) found += 1
  return found
}
const filtered = (epoch: number): void => {
  for (const word of keystrokes) view.page({ serverIds, search: word, epoch, offset: 0, limit: 100 })
}
filtered(0)
let epoch = 0
const filter = await inTurn(
  7,
  () => timed(bareRules),
  () => timed(() => filtered(++epoch)),
)
print({
  name: `filter keystroke over ${servers * each.rules} merged rules / a bare array pass`,
  unit: 'ms',
  ...perKey(filter),
})
