import { expect, test } from 'vitest'
import { fieldsOfPage } from '@/features/palette/page-fields'
import { pagesFor } from '@/features/session/server-pages'

test('fields of each page that changes something are found, each once', () => {
  const pages = pagesFor({ role: 'SystemAdmin' }).filter(({ name }) => name !== 'overview')
  for (const { name } of pages) expect(fieldsOfPage(name).length, name).toBeGreaterThan(0)
  const keys = fieldsOfPage('tenants').map(({ key }) => key)
  expect(keys).toContain('max_concurrent_calls')
  expect(new Set(keys).size).toBe(keys.length)
})

test('the account page has the fields of the own record for dealers only', () => {
  const keysFor = (role: string) => fieldsOfPage('account', role).map(({ key }) => key)
  expect(keysFor('Dealer')).toEqual(expect.arrayContaining(['name', 'phone', 'website']))
  expect(keysFor('SystemAdmin')).not.toContain('phone')
})
