import { afterEach, expect, test } from 'vitest'
import { ImportsHarness } from './harness'

let harness: ImportsHarness
afterEach(() => harness.close())

test('a name is imported without what cannot be seen in it, which the preview says, and compared so', async () => {
  harness = await ImportsHarness.start({ tenants: 1 })
  const [there] = harness.pbx.tenants()
  const columns = 'name,domain,timezone,currency,country\n'
  const rest = 'Europe/Berlin,EUR,DEU'
  const { file, plan } = await harness.plan(
    `${columns}Ac\u200bme, acme.example.com,${rest}\nOther,acme.example.com\u00a0,${rest}\nThird, ${there?.domain},${rest}\n`,
    'tenants',
  )
  expect(plan.counts).toMatchObject({ create: 1, conflict: 2 })
  const [row] = harness.rows(file.importId)
  expect(row).toMatchObject({ name: 'Acme', domain: 'acme.example.com' })
  expect(row?.reason).toBe('Column name: invisible characters removed')
})
