import { z } from 'zod'
import { dealerLevels, levelDepth } from '@shared/domain/dealer'
import { requireName, requirePassword } from '../account-rules'
import { done } from '../answer'
import { ApiProblem, notFound } from '../api-problem'
import { dealerIdOf } from '../effective-role'
import { operationWithBody, type Call, type Operation } from '../operation'
import { ResourceList } from '../resource-list'
import type { StoredRecord } from '../stored-record'
import type { World } from '../world'
import { listOperations } from './described'

/** The level of the dealer who is signed in; undefined for the administrator. */
function ownLevel({ world, session }: Call<unknown>): unknown {
  const dealerId = dealerIdOf(world, session())
  return dealerId === undefined ? undefined : world.lists.dealers.get(dealerId)?.['level']
}

const isBelow = (level: unknown, own: unknown): boolean => own === undefined || levelDepth(level) > levelDepth(own)

/** The dealers below a dealer, its own and theirs. */
export function dealersBelow({ lists, parents }: World, id: string): readonly StoredRecord[] {
  const isUnder = (row: string): boolean => {
    const parent = parents.get(row)
    return parent !== undefined && (parent === id || isUnder(parent))
  }
  return lists.dealers.all().filter((row) => isUnder(row.id))
}

/** A dealer sees only those below. */
function visible({ world, session }: Call<unknown>): ResourceList<StoredRecord> {
  const own = dealerIdOf(world, session())
  if (own === undefined) return world.lists.dealers
  return new ResourceList(dealersBelow(world, own), { fields: new Set(), searched: [] })
}

/** Only a distributor can change it; for others the change is ignored. */
const fullAccess = (call: Call<unknown>, before: unknown, next: StoredRecord): StoredRecord =>
  ownLevel(call) === dealerLevels[0] ? next : { ...next, tenant_full_access: before }

const accountOf = ({ world }: Call<unknown>, id: string) => world.accounts.find(({ dealerId }) => dealerId === id)

function setPassword(call: Call<unknown>, row: StoredRecord, password: string): void {
  const { world } = call
  const account = accountOf(call, row.id)
  if (account === undefined) {
    world.accounts.push({
      role: 'Dealer',
      username: String(row['name']),
      password,
      dealerId: row.id,
      mustChange: false,
    })
    return
  }
  account.password = password
  world.sessions.closeOthers(account)
}

/** Dealers of a practice server: only lower levels are visible, usernames cannot be changed, and each can sign in. */
export const dealerOperations: readonly Operation[] = [
  ...listOperations('dealers', {
    visible,
    create: (call, { password, ...body }) => {
      const next: StoredRecord = { description: null, website: null, phone: null, address: null, ...body }
      if (!isBelow(next['level'], ownLevel(call)))
        throw new ApiProblem(403, 'FORBIDDEN', 'A dealer creates the levels below its own alone')
      requireName(call.world, String(next['name']))
      requirePassword(call.world, 'password', String(password), [next['name'], next['email']])
      const parent = dealerIdOf(call.world, call.session())
      if (parent !== undefined) call.world.parents.set(next.id, parent)
      const row = fullAccess(call, true, { enabled: true, email: null, display_name: null, ...next })
      setPassword(call, row, String(password))
      return row
    },
    change: (call, before, next) => fullAccess(call, before['tenant_full_access'], next),
    destroy: (call, row) => {
      const account = accountOf(call, row.id)
      if (account !== undefined) {
        call.world.accounts.splice(call.world.accounts.indexOf(account), 1)
        call.world.sessions.closeOthers(account)
      }
      return 'gone'
    },
  }),
  operationWithBody({
    method: 'POST',
    path: '/dealers/:id/password',
    allow: ['SystemAdmin', 'Dealer'],
    body: z.object({ password: z.string() }),
    answer: (call) => {
      const row = visible(call).get(call.params['id'] ?? '')
      if (row === undefined) throw notFound('The dealer')
      requirePassword(call.world, 'password', call.body.password, [row['name'], row['email']])
      setPassword(call, row, call.body.password)
      return done
    },
  }),
]
