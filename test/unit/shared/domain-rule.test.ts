import { expect, test } from 'vitest'
import { problemOf } from '@shared/resources/problem'
import { tenant } from '@shared/resources/tenant'

const domain = tenant.fields.find(({ key }) => key === 'domain')
const problem = (text: string): string | undefined => domain && problemOf(domain, text)

test.each(['bakery-moser.example', 'pbx', 'Kunde_1.local', 'müller.example', '192.0.2.1'])('%s is a domain', (text) =>
  expect(problem(text)).toBeUndefined(),
)

test.each([
  ['a b.example', /no spaces/],
  ['pbx.example/', /no \/$/],
  ['sip:pbx.example', /no :/],
  ['exa_mple..com', /dot/],
  ['.example', /dot/],
  ['example.', /dot/],
])('%s is none', (text, why) => expect(problem(text)).toMatch(why))
