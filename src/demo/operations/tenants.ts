import { done, noContent, ok } from '../answer'
import { ApiProblem, notFound, validationProblem } from '../api-problem'
import { tenantDefaults } from '../data/tenant-detail'
import { places } from '../data/words'
import { operation, type Call, type Operation } from '../operation'
import { ResourceList } from '../resource-list'
import { dealerIdOf } from '../effective-role'
import { tenantFields, type World } from '../world'
import type { StoredRecord } from '../stored-record'
import { applyChange, listOperations } from './described'

const allow = ['SystemAdmin', 'Dealer'] as const

/** Removes tenants whose deletion has finished. */
function sweep({ tenantsEnding, lists, clock }: World): void {
  for (const [id, at] of tenantsEnding) {
    if (clock.now() < at) continue
    lists.tenants.remove(id)
    tenantsEnding.delete(id)
  }
}

/** A dealer sees only its own tenants. */
export function visibleTenants({ world, session }: Call<unknown>): ResourceList<StoredRecord> {
  sweep(world)
  const own = dealerIdOf(world, session())
  if (own === undefined) return world.lists.tenants
  const rows = world.lists.tenants.all().filter(({ id }) => world.tenantDealers.get(id)?.includes(own))
  return new ResourceList(rows, tenantFields)
}

/** The limits of the dealer who is signed in. How the extensions of several tenants add up is not documented. */
function refuseOverQuota(call: Call<unknown>, next: StoredRecord, isNew: boolean): void {
  const { world, session } = call
  const own = world.lists.dealers.get(dealerIdOf(world, session()) ?? '')
  const [tenants, extensions] = [own?.['max_tenants'], own?.['max_extensions']]
  if (isNew && typeof tenants === 'number' && visibleTenants(call).all().length >= tenants)
    throw new ApiProblem(400, 'UNKNOWN', `The limit of ${tenants} tenants is reached`)
  if (typeof extensions === 'number' && Number(next['max_extensions']) > extensions)
    throw problem('max_extensions', `The dealer may create ${extensions} extensions`)
}

const problem = (field: string, message: string): ApiProblem => validationProblem([{ field, message }])

/** Domains are unique. */
export function requireFreeDomain({ lists }: World, next: StoredRecord): void {
  const domain = String(next['domain']).toLowerCase()
  const isInUse = lists.tenants
    .all()
    .some((other) => other.id !== next.id && String(other['domain']).toLowerCase() === domain)
  if (isInUse) throw problem('domain', 'The domain belongs to another tenant')
}

/** Users of a tenant sign in with its domain. */
export function moveAccounts({ accounts }: World, before: StoredRecord, next: StoredRecord): void {
  for (const account of accounts.filter(({ domain }) => domain === before['domain']))
    account.domain = String(next['domain'])
}

/** Checks beyond the description: domains are unique, and 22.6 requires a website. */
function refuse({ world }: Call<unknown>, next: StoredRecord, isNew: boolean): void {
  requireFreeDomain(world, next)
  const website = next['website']
  if (world.options.version < '22.6' || (!isNew && website === null)) return
  if (typeof website !== 'string' || website === '' || website.length > 128)
    throw problem('website', '1 to 128 characters are required')
}

const tenantOf = (call: Call<unknown>): StoredRecord => {
  const row = visibleTenants(call).get(call.params['id'] ?? '')
  if (row === undefined) throw notFound('The tenant')
  return row
}

const dealerOf = ({ world, params }: Call<unknown>): string => {
  const dealer = world.lists.dealers.all().find(({ id }) => id === params['dealer_id'])
  if (dealer === undefined) throw notFound('The dealer')
  return dealer.id
}

/** The tenants of a practice server, their dealers, and switching to a tenant. */
export const tenantOperations: readonly Operation[] = [
  operation({
    method: 'POST',
    path: '/tenants/switch',
    allow,
    byAccount: true,
    answer: (call) => {
      const { world, query, session } = call
      const current = session()
      const { id } = query
      if (id !== undefined && visibleTenants(call).get(id) === undefined) throw notFound('The tenant')
      world.sessions.impersonate(current, id)
      return done
    },
  }),
  ...listOperations('tenants', {
    visible: visibleTenants,
    create: (call, next) => {
      refuse(call, next, true)
      const country = places.find(({ region }) => region === next['region'])?.country ?? null
      const whole: StoredRecord = { ...applyChange(tenantDefaults(country), next), id: next.id }
      refuseOverQuota(call, whole, true)
      const dealer = dealerIdOf(call.world, call.session())
      if (dealer !== undefined) call.world.tenantDealers.set(next.id, [dealer])
      return { ...whole, created_at: call.world.clock.stamp() }
    },
    change: (call, before, next) => {
      refuse(call, next, false)
      if (next['max_extensions'] !== before['max_extensions']) refuseOverQuota(call, next, false)
      moveAccounts(call.world, before, next)
      return next
    },
    destroy: ({ world }, { id }) => {
      world.tenantsEnding.set(id, world.clock.now() + world.options.tenantDestroyMs)
      sweep(world)
      return 'later'
    },
  }),
  operation({
    method: 'GET',
    path: '/tenants/:id/dealers',
    allow,
    answer: (call) => {
      const own = call.world.tenantDealers.get(tenantOf(call).id) ?? []
      const items = call.world.lists.dealers
        .all()
        .filter(({ id }) => own.includes(id))
        .map(({ id, enabled, level, name, display_name }) => ({ id, enabled, level, name, display_name }))
      return ok({ items })
    },
  }),
  operation({
    method: 'POST',
    path: '/tenants/:id/dealers/:dealer_id',
    allow: ['SystemAdmin'],
    answer: (call) => {
      const [{ id }, dealer] = [tenantOf(call), dealerOf(call)]
      const own = call.world.tenantDealers.get(id) ?? []
      call.world.tenantDealers.set(id, [...own.filter((other) => other !== dealer), dealer])
      return done
    },
  }),
  operation({
    method: 'POST',
    path: '/tenants/:id/dealers/:dealer_id/destroy',
    allow: ['SystemAdmin'],
    answer: (call) => {
      const [{ id }, dealer] = [tenantOf(call), dealerOf(call)]
      const own = call.world.tenantDealers.get(id) ?? []
      if (!own.includes(dealer)) throw notFound('The dealer of this tenant')
      call.world.tenantDealers.set(
        id,
        own.filter((other) => other !== dealer),
      )
      return noContent
    },
  }),
]
