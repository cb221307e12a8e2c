import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { boardFilter, isAboutCertificates } from '@shared/fleet/filter'
import { facts, inDays, limits, noRules, now, presented, row } from './sample'

const isShown = (filter: string, parts: Parameters<typeof row>[0] = {}): boolean =>
  boardFilter(filter).test(row(parts), now)
const problemsOf = (filter: string): readonly string[] => boardFilter(filter).problems.map(({ message }) => message)

const berlin = {
  server: {
    name: 'Berlin Mitte',
    address: 'https://10.0.0.1:8887',
    secondAddress: 'https://vpn.example.com:8887',
    folder: 'North, East',
    tags: ['gold', '24x7'],
    notes: 'Call Jo before a restart',
  },
  facts: facts({
    limits: { ...limits, users: { used: 90, limit: 100 }, calls: { used: 7, limit: 100 } },
    certificate: { ...presented, validTo: inDays(30) },
  }),
}

describe('words', () => {
  const found = [
    'berlin',
    'MITTE',
    'lin mit ber',
    '"Berlin Mitte"',
    '10.0.0.1',
    'https://10.0.0.1:8887',
    '10.0.0.1:8887',
  ]
  const more = ['vpn.example', 'east', 'gold', 'restart', '"signed in"', '', '   ', '""', '"berlin', 'tag:gold berlin']
  it.each([...found, ...more])('%j finds the server, and there is no problem', (filter) => {
    expect(isShown(filter, berlin)).toBe(true)
    expect(problemsOf(filter)).toEqual([])
  })

  it('a comparison may have blanks', () => {
    expect(boardFilter('expires < 30d users > 5%').problems).toEqual([])
  })

  it('a host with its port is no filter', () => {
    expect(boardFilter('localhost:8887').problems).toEqual([])
    expect(boardFilter('users:5').problems).toHaveLength(1)
  })

  it.each(['munich', 'berlin munich', '"mitte berlin"', 'https://10.0.0.2:8887', 'goldberlin'])(
    '%j does not find it',
    (filter) => {
      expect(isShown(filter, berlin)).toBe(false)
      expect(problemsOf(filter)).toEqual([])
    },
  )
})

describe('keys', () => {
  it.each([
    ['server:berlin', true],
    ['server:"Berlin Mitte"', true],
    ['server:"mitte berlin"', false],
    ['server:gold', false],
    ['folder:east', true],
    ['folder:"North, East"', true],
    ['folder:"North, West"', false],
    ['folder:none', false],
    ['TAG:Gold', true],
    ['tag:silver', false],
    ['tag:silver,gold', true],
    ['tag:silver, tag:gold', false],
    ['tag:silver,,', false],
    ['address:10.0.0', true],
    ['address:vpn', true],
    ['address:https://10.0.0.1:8887', true],
    ['version:22.2', true],
    ['version:2.2', false],
    ['version:20,22', true],
    ['state:signed-in', true],
    ['state:alert', true],
    ['state:blocked', false],
    ['state:blocked,Signed-In', true],
    ['tag:gold state:blocked', false],
  ])('%s: %s', (filter, expected) => {
    expect(isShown(filter, berlin)).toBe(expected)
    expect(problemsOf(filter)).toEqual([])
  })

  it('finds servers without a folder', () => {
    expect(isShown('folder:none')).toBe(true)
  })

  it('uses the version of an earlier run while signed out', () => {
    expect(isShown('version:22.2.10', { session: { phase: 'signed-out', version: undefined } })).toBe(true)
  })
})

describe('comparisons', () => {
  it.each([
    ['expires<31d', true],
    ['expires<30d', false],
    ['expires>29d', true],
    ['expires>30', false],
    ['EXPIRES<31D', true],
    ['users>89%', true],
    ['users>90%', false],
    ['users>89', true],
    ['users<91%', true],
    ['users<90%', false],
    // In floating-point numbers, 0.07 * 100 is more than 7.
    ['calls>7%', false],
    ['calls<8%', true],
  ])('%s: %s', (filter, expected) => {
    expect(isShown(filter, berlin)).toBe(expected)
    expect(problemsOf(filter)).toEqual([])
  })

  it('uses the first end of certificate, maintenance and rules', () => {
    const soonest = [{ cidr: '10.0.0.1/32', expiresAt: inDays(3) }]
    expect(isShown('expires<4d', { facts: facts({ expiringRules: { ...noRules, count: 1, soonest } }) })).toBe(true)
    expect(isShown('expires<4d', { facts: facts({ limits: { ...limits, maintenanceExpiresAt: inDays(3) } }) })).toBe(
      true,
    )
    expect(isShown('expires<4d', { facts: facts({ certificate: { ...presented, validTo: inDays(-3) } }) })).toBe(true)
    expect(isShown('expires<4d')).toBe(false)
  })

  it('compares the end of the certificate alone', () => {
    const ending = { facts: facts({ certificate: { ...presented, validTo: inDays(9.5) } }) }
    expect(isShown('certificate<10d', ending)).toBe(true)
    expect(isShown('certificate < 9d', ending)).toBe(false)
    expect(
      isShown('certificate<10d', { facts: facts({ limits: { ...limits, maintenanceExpiresAt: inDays(3) } }) }),
    ).toBe(false)
    expect(problemsOf('certificate:10')).toHaveLength(1)
  })

  it.each([
    ['certificate<10d', true],
    ['tag:gold Expires < 30d', true],
    ['certificate', false],
    ['users>90%', false],
  ])('%s is about certificates: %s', (filter, expected) => expect(isAboutCertificates(filter)).toBe(expected))

  it.each(['expires<999d', 'expires>0d', 'users>0%', 'users<100%', 'calls<100%'])(
    '%s does not show a server without this value',
    (filter) => expect(isShown(filter, { facts: undefined })).toBe(false),
  )
})

describe('a part that cannot be read', () => {
  const problems: readonly (readonly [filter: string, message: string])[] = [
    ['color:red', 'There is no filter “color:”'],
    ['constructor:x', 'There is no filter “constructor:”'],
    ['constructor<5', 'There is no filter “constructor<”'],
    ['seats<5', 'There is no filter “seats<”'],
    ['tag<5', 'There is no filter “tag<”'],
    ['users:5', '“users:5” is not supported'],
    ['users=194', '“users=194” is not supported'],
    ['-tag:gold', '“-tag:gold” is not supported'],
    ['state:broken', 'There is no state “broken”'],
    ['state:fine,broken', 'There is no state “broken”'],
    ['state:constructor', 'There is no state “constructor”'],
    ['tag:', 'Enter a value after “tag:”'],
    ['tag:,', 'Enter a value after “tag:”'],
    ['tag:""', 'Enter a value after “tag:”'],
    ['expires<', 'Enter a whole number after “expires<”, for example 30d'],
    ['expires<soon', 'Enter a whole number after “expires<”, for example 30d'],
    ['expires<30%', 'Enter a whole number after “expires<”, for example 30d'],
    ['expires<=30d', 'Enter a whole number after “expires<”, for example 30d'],
    ['expires<-1d', 'Enter a whole number after “expires<”, for example 30d'],
    ['users>9.5%', 'Enter a whole number after “users>”, for example 90%'],
    ['users>90d', 'Enter a whole number after “users>”, for example 90%'],
    ['users>d', 'Enter a whole number after “users>”, for example 90%'],
  ]
  it.each(problems)('%s: %s, and hides no server', (filter, message) => {
    const [problem, ...others] = boardFilter(filter).problems
    expect([problem?.term, others]).toEqual([filter, []])
    expect(problem?.message).toContain(message)
    expect(isShown(filter, { facts: undefined })).toBe(true)
  })

  it('leaves the other parts in effect', () => {
    expect(problemsOf('color:red berlin state:broken')).toHaveLength(2)
    expect(isShown('color:red berlin', berlin)).toBe(true)
    expect(isShown('color:red munich', berlin)).toBe(false)
  })
})

const pieces = [
  'state:',
  'tag:',
  'folder:',
  'expires<',
  'users>',
  'constructor:',
  '__proto__:',
  '"',
  ',',
  ' ',
  '30d',
  '%',
]
const typed = fc.oneof(
  fc.string({ unit: 'grapheme' }),
  fc.array(fc.oneof(fc.constantFrom(...pieces), fc.string({ maxLength: 3 }))).map((parts) => parts.join('')),
)

describe('any text', () => {
  it('is read, and filters without an error', () => {
    fc.assert(
      fc.property(typed, (text) => {
        expect(isShown(text, berlin)).toBeTypeOf('boolean')
      }),
    )
  })

  it('that consists only of problems hides no server', () => {
    fc.assert(
      fc.property(typed, (text) => {
        for (const { term } of boardFilter(text).problems) expect(isShown(term, { facts: undefined })).toBe(true)
      }),
    )
  })

  it('in quotes is a word', () => {
    fc.assert(
      fc.property(typed, (text) => {
        expect(problemsOf(`"${text.replaceAll('"', '')}"`)).toEqual([])
      }),
    )
  })
})

describe('a server whose value was not read', () => {
  const isUnread = (filter: string, parts: Parameters<typeof row>[0] = {}): boolean =>
    boardFilter(filter).isUnread(row(parts), now)

  it('is neither a match nor none, if the rest of the filter matches', () => {
    expect(isUnread('users>90%', { facts: undefined })).toBe(true)
    expect(isUnread('users>90% calls>10%', { facts: undefined })).toBe(true)
    expect(isUnread('users>90% berlin', berlin)).toBe(false)
    expect(isUnread('users>90% nowhere', { facts: undefined })).toBe(false)
    expect(isUnread('users>50% calls>1%', { ...berlin, facts: undefined })).toBe(true)
    expect(isUnread('users>50% hamburg', { ...berlin, facts: undefined })).toBe(false)
    expect(isUnread('')).toBe(false)
    expect(isUnread('berlin')).toBe(false)
  })
})
