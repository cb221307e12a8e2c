import { afterAll, beforeAll, expect, test } from 'vitest'
import { startPracticePbx, type PracticePbx } from '@demo/practice-pbx'
import type { IpRule } from '@shared/domain/ip-rule'
import { call, codeOf, signIn } from './client'

interface Rules {
  readonly count: number
  readonly items: readonly IpRule[]
}

let pbx: PracticePbx
let token: string
beforeAll(async () => {
  pbx = await startPracticePbx({ rules: 1234, tenants: 60, seed: 7 })
  token = (await signIn(pbx)).access_token
})
afterAll(() => pbx.close())

const ask = (query: Record<string, string>) => call(pbx, `GET /ip_filters?${new URLSearchParams(query)}`, { token })
const list = async (query: Record<string, string> = {}) => (await ask(query)).json<Rules>()
const filtered = (filter: string) => list({ filter })

test('pages of up to 100 contain each row once, in one order', async () => {
  const ids: string[] = []
  for (let skip = 0; skip < 1300; skip += 100) {
    const page = await list(skip === 0 ? {} : { skip: String(skip) })
    expect(page.count).toBe(1234)
    ids.push(...page.items.map(({ id }) => id))
  }
  expect(ids).toEqual(pbx.rules().map(({ id }) => id))
  expect(new Set(ids).size).toBe(1234)
  expect((await list({ top: '7' })).items).toHaveLength(7)
})

test.each([
  { top: '0' },
  { top: '101' },
  { top: 'all' },
  { skip: '-1' },
  { orderby: 'cidr sideways' },
  { orderby: 'nothing asc' },
  { filter: "cidr eq '1" },
  { filter: "nothing eq '1'" },
  { filter: "(cidr eq '1'" },
  { filter: "cidr like '1'" },
  { filter: "cidr eq '1' cidr" },
  { filter: '§' },
])('refuses %o', async (query) => {
  const reply = await ask(query)
  expect([reply.status, codeOf(reply)]).toEqual([400, 'VALIDATE_FAILED'])
})

test('filters compare text, times and blanks, and combine', async () => {
  const rules = pbx.rules()
  const expect_ = async (filter: string, matches: (rule: IpRule) => boolean) => {
    const wanted = rules.filter(matches)
    expect(wanted.length, filter).toBeGreaterThan(0)
    expect((await filtered(filter)).count, filter).toBe(wanted.length)
  }
  const now = new Date().toISOString()
  const at = (rule: IpRule) => (typeof rule.expire_at === 'string' ? Date.parse(rule.expire_at) : Number.NaN)
  await expect_("target eq 'ACCEPT'", (rule) => rule.target === 'ACCEPT')
  await expect_("target ne 'ACCEPT'", (rule) => rule.target !== 'ACCEPT')
  await expect_('expire_at eq null', (rule) => rule.expire_at === null)
  await expect_(`expire_at lt '${now}'`, (rule) => at(rule) < Date.parse(now))
  await expect_(`expire_at ge ${now}`, (rule) => at(rule) >= Date.parse(now))
  await expect_("contains(cidr,':')", (rule) => rule.cidr.includes(':'))
  await expect_(
    "endswith(cidr,'/24') and not (target eq 'ACCEPT')",
    (r) => r.cidr.endsWith('/24') && r.target === 'DENY',
  )
  await expect_("startswith(cidr,'41.') or startswith(cidr, '2a0')", (rule) => /^(41\.|2a0)/.test(rule.cidr))
  await expect_("description eq 'Robert''); DROP TABLE tenants;--'", (r) => (r.description ?? '').startsWith('Robert'))
})

test('text search finds either word, and is joined with a filter by AND', async () => {
  const { count } = await list({ search: 'toll fraud or PORT scan' })
  expect(count).toBe(pbx.rules().filter((rule) => /toll fraud|port scan/i.test(rule.description ?? '')).length)
  const both = await list({ search: 'toll fraud', filter: "target eq 'ACCEPT'" })
  expect(both.items.every((rule) => rule.target === 'ACCEPT' && /toll fraud/i.test(rule.description ?? ''))).toBe(true)
})

test('sorts by several fields', async () => {
  const { items } = await list({ orderby: 'target asc, cidr desc' })
  const sorted = items.toSorted((a, b) => {
    if (a.target !== b.target) return a.target < b.target ? -1 : 1
    return a.cidr < b.cidr ? 1 : -1
  })
  expect(items).toEqual(sorted)
})

test('the other lists have pages, and the one without paging is complete', async () => {
  const tenants = (await call(pbx, 'GET /tenants?top=10&skip=55', { token })).json<Rules>()
  expect([tenants.count, tenants.items.length]).toEqual([60, 5])
  const id = tenants.items[0]?.id ?? ''
  expect((await call(pbx, `GET /tenants/${id}`, { token })).json()).toMatchObject({ id, office_hours: {} })
  const dealers = (await call(pbx, 'GET /dealers', { token })).json<Rules>()
  expect([dealers.count, dealers.items.length]).toEqual([12, 12])
  expect((await call(pbx, `GET /dealers/${dealers.items[3]?.id}`, { token })).json()).toEqual(dealers.items[3])
  expect((await call(pbx, 'GET /dealers/none', { token })).status).toBe(404)
})

test('the same seed generates the same data, another seed other data', async () => {
  const options = { rules: 50, tenants: 50 }
  const started = await Promise.all([7, 7, 8].map((seed) => startPracticePbx({ ...options, seed })))
  const [first, same, other] = started.map((server) => server.rules().map(({ cidr }) => cidr))
  await Promise.all(started.map((server) => server.close()))
  expect(same).toEqual(first)
  expect(other).not.toEqual(first)
})

test('data are like those of customers: unique ranges, long domains, awkward names', async () => {
  expect(new Set(pbx.rules().map(({ cidr }) => cidr)).size).toBe(1234)
  const descriptions = pbx.rules().map(({ description }) => description ?? '')
  for (const pattern of [/^=/, /<script>/, /\u202E/, /\n/, /^\t/, /^@/])
    expect(descriptions.some((d) => pattern.test(d))).toBe(true)
  const { items } = (await call(pbx, 'GET /tenants', { token })).json<{ items: { domain: string }[] }>()
  expect(items.every(({ domain }) => domain.length <= 280)).toBe(true)
})
