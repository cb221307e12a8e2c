import { join } from 'node:path'
import { expect, it } from 'vitest'
import { printNumber } from '@shared/format/print-number'
import type { FilterTerm } from '@shared/domain/page'
import { temporaryFolder } from '../storage/temporary'
import { journalOn, server } from './sample'

it('the journal is filtered by server, folder, tag, user, resource, action, result and time, with values of its entries', async () => {
  const { view, enter, clock } = journalOn(join(temporaryFolder(), 'journal'))
  await enter()
  clock.at = '2026-07-08T10:00:00.000Z'
  const beta = { ...server, id: 'b', name: 'Beta', folder: 'South', tags: ['golden', 'a "b", c'] }
  await enter(
    { kind: 'delete', resource: 'tenants', identity: 'tenant Acme' },
    { outcome: 'refused', error: { code: 'rejected', message: 'No' } },
    beta,
  )
  expect(await view.choices()).toEqual({
    servers: ['Beta', 'Kunde A'],
    folders: ['North', 'South'],
    tags: ['a "b", c', 'gold', 'golden'],
    users: ['tech as admin'],
    resources: ['ip-rules', 'tenants'],
  })
  const matching = async (key: string, value: string, operator: FilterTerm['operator'] = 'eq') => {
    const { items } = await view.rows({ filter: [{ key, operator, value }], offset: 0, limit: 10 })
    return items.map((row) => row.server)
  }
  expect(await matching('server', 'Beta')).toEqual(['Beta'])
  expect(await matching('folder', 'South')).toEqual(['Beta'])
  expect(await matching('resource', 'tenants')).toEqual(['Beta'])
  expect(await matching('action', 'delete')).toEqual(['Beta'])
  expect(await matching('outcome', 'refused')).toEqual(['Beta'])
  expect(await matching('at', '2026-07-08T00:00:00.000Z', 'ge')).toEqual(['Beta'])
  expect(await matching('at', '2026-07-07T23:59:59.999Z', 'le')).toEqual(['Kunde A'])
  expect(await matching('user', 'tech as admin')).toEqual(['Beta', 'Kunde A'])
  // The window filters by the whole tag, with any characters in its name.
  expect(await matching('tags', JSON.stringify('gold'), 'contains')).toEqual(['Kunde A'])
  expect(await matching('tags', JSON.stringify('golden'), 'contains')).toEqual(['Beta'])
  expect(await matching('tags', JSON.stringify('a "b", c'), 'contains')).toEqual(['Beta'])
})

it('a search also finds the API name of a field, and numbers as the API writes them', async () => {
  const { view, enter } = journalOn(join(temporaryFolder(), 'journal'))
  await enter()
  await enter({
    ...{ kind: 'change', resource: 'system-settings', identity: 'System settings' },
    ...{ before: { register_expiration_time: 1800 }, changes: { register_expiration_time: 3600 } },
  })
  const found = async (search: string) =>
    (await view.rows({ search, offset: 0, limit: 10 })).items.map(({ object }) => object)
  for (const text of ['register_expiration', '1800', printNumber(1800), '3600', 'Registration expiration'])
    expect(await found(text)).toEqual(['System settings'])
})
