import { describe, expect, it } from 'vitest'
import { localDate, localDateTime } from '@shared/format/time'
import { boardColumns, boardTableRow, type BoardKey } from '@/features/fleet/board-cells'
import {
  certificate,
  dealerLimits,
  facts,
  inDays,
  limits,
  noRules,
  now,
  presented,
  row,
} from '../../shared/fleet/sample'

const cells = (parts: Parameters<typeof row>[0] = {}) => boardTableRow(row(parts), now).cells
const valueKeys = [
  'users',
  'calls',
  'tenants',
  'maintenance',
  'certificate',
  'rules',
  'version',
  'updated',
  'response',
  'role',
] as const

/** A server that was never contacted. */
const untouched = {
  session: { phase: 'signed-out', role: undefined, version: undefined, facts: undefined, lastSeen: undefined },
  facts: undefined,
} as const

describe('a value that is not known', () => {
  it.each(valueKeys)('%s of a server that was never contacted is “–”, with the reason, never 0', (key) => {
    expect(cells(untouched)[key]).toEqual({ text: '–', title: 'Not checked', sort: undefined, isAbsent: true })
  })

  it('is empty in a copy and in an export', () => {
    const copied = boardTableRow(row(untouched), now)
    expect(valueKeys.map((key) => copied[key])).toEqual(valueKeys.map(() => ''))
    expect([copied['server'], copied['state']]).toEqual(['Berlin', 'Not checked'])
  })

  it('was not returned, if the status was read without it', () => {
    const without = { owner: 'server', readAt: inDays(0), users: {}, calls: { limit: 50 }, tenants: {} } as const
    const { users, calls, maintenance } = cells({ facts: facts({ limits: without }) })
    for (const cell of [users, calls, maintenance])
      expect([cell.text, cell.title, cell.sort]).toEqual(['–', 'The server did not return this value', undefined])
  })

  it('is in no status that this account can read', () => {
    const { tenants } = cells()
    expect([tenants.text, tenants.title]).toEqual(['–', 'Not in the status of the server'])
    const dealer = cells({
      session: { role: 'Dealer' },
      facts: facts({ role: 'Dealer', limits: dealerLimits({ used: 1, limit: 5 }), expiringRules: undefined }),
    })
    for (const key of ['calls', 'maintenance'] as const)
      expect([dealer[key].text, dealer[key].title]).toEqual(['–', 'Not in the status of a dealer'])
    const tenantLimits = { ...dealerLimits({ used: 1, limit: 5 }, {}), owner: 'tenant' } as const
    const tenant = cells({
      session: { role: 'Admin' },
      facts: facts({ role: 'Admin', limits: tenantLimits, expiringRules: undefined }),
    })
    for (const key of ['calls', 'tenants', 'maintenance'] as const)
      expect([tenant[key].text, tenant[key].title]).toEqual(['–', 'Not in the status of a tenant'])
  })

  it('cannot be read by this role: rules by a dealer, the status by a tenant’s administrator either', () => {
    const dealer = cells({ session: { role: 'Dealer' }, facts: facts({ role: 'Dealer', expiringRules: undefined }) })
    expect([dealer.rules.text, dealer.rules.title]).toEqual(['–', 'No permission'])
    const tenant = cells({
      session: { role: 'Admin', facts: undefined },
      facts: facts({ role: 'Admin', limits: undefined, expiringRules: undefined }),
    })
    for (const key of ['users', 'calls', 'maintenance', 'rules'] as const)
      expect([tenant[key].text, tenant[key].title]).toEqual(['–', 'No permission'])
  })

  it('has the reason why the rules were not read', () => {
    const { rules } = cells({ facts: facts({ expiringRules: { ...noRules, problem: 'Rate limit reached' } }) })
    expect(rules).toMatchObject({ text: '–', title: 'Not read: Rate limit reached', sort: undefined, isAbsent: true })
  })
})

describe('a value that is known', () => {
  const readNow = `Read ${localDateTime(inDays(0))}`

  it('shows usage of the limit, and the time at which it was read', () => {
    const { users, calls } = cells({ facts: facts({ limits: { ...limits, users: { used: 95, limit: 100 } } }) })
    expect(users).toEqual({ text: '95 of 100', title: readNow, sort: 0.95, level: 'warning' })
    expect(calls).toEqual({ text: '0 of 50', title: readNow, sort: 0, level: undefined })
  })

  it.each([
    ['dealer', 'Dealer', 'Limits of the dealer, not of the server’s license'],
    ['tenant', 'Tenant', 'Limits of the tenant, not of the server’s license'],
  ] as const)('of a %s is not that of the server, also in a copy', (owner, detail, title) => {
    const known = facts({ limits: { ...dealerLimits({ used: 95, limit: 100 }), owner } })
    const shown = boardTableRow(row({ facts: known }), now)
    expect(shown.cells.users).toMatchObject({ text: '95 of 100', detail, title: `${title}\n${readNow}` })
    expect(shown['users']).toBe(`95 of 100 ${detail}`)
  })

  it('without a limit is the number alone', () => {
    const { users } = cells({ facts: facts({ limits: { ...limits, users: { used: 95 } } }) })
    expect([users.text, users.level]).toEqual(['95', undefined])
  })

  it('shows the ends of maintenance and certificate, and when they were read', () => {
    const { maintenance, certificate: shown } = cells({
      facts: facts({
        limits: { ...limits, maintenanceExpiresAt: inDays(20) },
        certificate: { ...presented, validTo: inDays(5), readAt: inDays(-1) },
      }),
    })
    expect(maintenance).toMatchObject({
      text: 'in 20 d',
      title: `${localDateTime(inDays(20))}\n${readNow}`,
      level: 'warning',
    })
    expect(shown).toMatchObject({
      text: 'in 5 d',
      title: `${localDateTime(inDays(5))}\nRead ${localDateTime(inDays(-1))}`,
      level: 'critical',
      sort: now + 5 * 86_400_000,
    })
  })

  it('of a certificate that was only trusted has this as its source', () => {
    const { certificate: shown } = cells({ ...untouched, server: { pin: certificate } })
    expect([shown.text, shown.title]).toEqual([
      localDate(certificate.validTo),
      `${localDateTime(certificate.validTo)}\nFrom the trusted certificate; not read since`,
    ])
  })

  it('that is no time is shown unchanged, and ordered as unknown', () => {
    const { maintenance } = cells({ facts: facts({ limits: { ...limits, maintenanceExpiresAt: 'never' } }) })
    expect(maintenance).toMatchObject({ text: 'never', sort: undefined, level: undefined })
  })

  it('counts the rules that expire soon, and lists them with their times', () => {
    const soonest = [
      { cidr: '10.0.0.1/32', expiresAt: inDays(1) },
      { cidr: '10.0.0.2/32', expiresAt: inDays(9) },
    ]
    const { rules } = cells({ facts: facts({ expiringRules: { ...noRules, count: 30, soonest } }) })
    expect([rules.text, rules.level, rules.sort]).toEqual(['30', 'critical', now + 86_400_000])
    expect(rules.title.split('\n')).toEqual([
      'Allow rules that expire within 30 days:',
      `10.0.0.1/32 expires ${localDateTime(inDays(1))}`,
      `10.0.0.2/32 expires ${localDateTime(inDays(9))}`,
      '…',
      readNow,
    ])
  })

  it('is 0 rules only if none expires soon', () => {
    const { rules } = cells()
    expect([rules.text, rules.title, rules.isAbsent]).toEqual([
      '0',
      `No allow rule expires within 30 days\n${readNow}`,
      undefined,
    ])
  })

  it('has the age of the values, and apart from it that of the last response, also of one in an earlier run', () => {
    const earlier = { session: { lastSeen: undefined }, facts: facts({ lastResponse: inDays(-2) }) }
    expect(cells(earlier)).toMatchObject({
      updated: {
        text: 'just now',
        title: `Values read ${localDateTime(inDays(0))}\nLast response ${localDateTime(inDays(-2))}`,
      },
      response: { text: '2 d ago', title: `Last response ${localDateTime(inDays(-2))}` },
    })
    expect(cells({ ...earlier, session: { lastSeen: inDays(0) } }).response.text).toBe('just now')
  })

  it('is not up to date if the server has only presented its certificate', () => {
    const parts = {
      session: { phase: 'untrusted', since: inDays(0), role: undefined, lastSeen: undefined },
      facts: facts({ role: undefined, limits: undefined, expiringRules: undefined }),
    } as const
    expect(cells(parts).updated).toEqual({
      text: 'Not read',
      title: `Responded just now; nothing was read\nLast response ${localDateTime(inDays(0))}`,
      sort: undefined,
      isAbsent: true,
    })
    expect(boardTableRow(row(parts), now)['updated']).toBe('')
  })

  it('is a short version with the whole one in its title', () => {
    expect(cells().version).toMatchObject({ text: '22.2.10', title: '22.2.10.2137' })
  })

  it('is the address in use, and text is made visible', () => {
    const server = { secondAddress: 'https://10.8.0.1:8887', activeAddress: 'second', name: 'A\u202eB' } as const
    expect(cells({ server }).address.text).toBe('https://10.8.0.1:8887')
    expect(cells({ server }).server.text).not.toContain('\u202e')
  })
})

describe('the state', () => {
  it('has the reason, since when, and the alerts that are not muted', () => {
    const since = inDays(-1)
    const error = { code: 'offline', message: 'Connection refused' } as const
    const parts = {
      session: { phase: 'unreachable', since, unreachable: { since, failedAt: since, error } } as const,
      facts: facts({ limits: { ...limits, users: { used: 99, limit: 100 }, calls: { used: 50, limit: 50 } } }),
      muted: [`${facts().serverId} calls`],
    }
    const { state } = cells(parts)
    expect(state.text).toBe('Unreachable')
    expect(state.detail).toMatch(/^since .*: Connection refused$/)
    expect(state.title.split('\n')).toEqual([
      `${state.text} ${state.detail}`,
      `Since ${localDateTime(since)}`,
      'Users: 99 of 100',
    ])
  })
})

it('every column has a cell and a label', () => {
  const shown = cells()
  expect(boardColumns.map(({ key }) => key).toSorted()).toEqual((Object.keys(shown) as BoardKey[]).toSorted())
  expect(new Set(boardColumns.map(({ label }) => label)).size).toBe(boardColumns.length)
})
