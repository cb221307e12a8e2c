import { describe, expect, test } from 'vitest'
import { conflictKeys } from '@shared/resources/identity'
import { normalValues } from '@shared/resources/normal'
import { problemsOf } from '@shared/resources/problem'
import { tenant } from '@shared/resources/tenant'

const sent = (values: Readonly<Record<string, string>>) => normalValues(tenant.fields, values)

describe('a name, a domain and an account', () => {
  test.each([
    [' acme.example.com', 'acme.example.com'],
    ['acme.example.com\u00a0', 'acme.example.com'],
    ['ac\u200bme.example.com\ufeff', 'acme.example.com'],
    ['ac\u00adme.example.com', 'acme.example.com'],
  ])('%j is sent as %s', (typed, domain) => {
    expect(sent({ domain: typed, name: typed })).toEqual({ domain, name: domain })
    expect(problemsOf(tenant.fields, { domain: typed }).get('domain')).toBeUndefined()
  })

  test('keep the joiners that scripts and emoji need', () => {
    const name = 'نمی\u200cخواهم 👩\u200d🔧'
    expect(sent({ name })).toEqual({ name })
  })

  test('of nothing but invisible characters is none', () => {
    expect(problemsOf(tenant.fields, { name: '\u200b \u200b' }).get('name')).toBe('Name is required')
  })

  test('of a whole address is no domain', () => {
    expect(problemsOf(tenant.fields, { domain: 'https://a.example.com' }).get('domain')).toBe(
      'A domain has letters, digits, hyphens and dots, but no :',
    )
  })
})

test('two that differ only in what cannot be seen are the same', () => {
  const [key] = conflictKeys(tenant, { name: 'A', domain: 'acme.example.com' } as never)
  const [other] = conflictKeys(tenant, { name: 'A', domain: ' Acme.example\u200b.com' } as never)
  expect(other).toBe(key)
})
