import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { describe, expect, test } from 'vitest'
import { allowed } from '@shared/access/allowed'
import { cells, sessionOf, type Cell } from '../../../roles/cells'
import { rolesText } from '../../../roles/roles-text'

const nameOf = ({ account, version, subject, action }: Cell): string =>
  [account.name, version, subject, action].join(' ')
const of = (value: boolean | undefined): readonly Cell[] => cells.filter((cell) => cell.allowed === value)
const isRefused = (cell: Cell): boolean => allowed(sessionOf(cell), cell.subject, cell.action) === 'no'

test('docs/roles.md is what npm run roles writes', async () => {
  expect(readFileSync(resolve('docs/roles.md'), 'utf8')).toBe(await rolesText())
})

describe('the app', () => {
  test('refuses each cell that the documents refuse', () => {
    expect(
      of(false)
        .filter((cell) => !isRefused(cell))
        .map(nameOf),
    ).toEqual([])
    expect(of(false).length).toBeGreaterThan(100)
  })

  test('offers each cell that the documents allow', () => {
    expect(of(true).filter(isRefused).map(nameOf)).toEqual([])
    expect(of(true).length).toBeGreaterThan(100)
  })

  test('offers each cell of which no document says anything', () => {
    expect(of(undefined).filter(isRefused).map(nameOf)).toEqual([])
    expect(of(undefined).length).toBeGreaterThan(10)
  })
})

describe('capabilities', () => {
  const account = { role: 'SystemAdmin', version: '22.6' }

  test('in a form that is not documented decide nothing', () => {
    expect(allowed({ ...account, capabilities: ['settings:write', 'trunk'] }, 'system-settings', 'change')).toBe('yes')
  })

  test('for viewing and for changing the same area are those for changing', () => {
    const capabilities = ['Trunk.FullAccess', 'Trunk.ViewOnly']
    expect(allowed({ ...account, capabilities }, 'trunk-assignments', 'change')).toBe('yes')
  })

  test('of a dealer are about other pages', () => {
    const capabilities = ['Extension.FullAccess']
    expect(allowed({ role: 'Dealer', version: '22.6', capabilities }, 'tenants', 'change')).toBe('yes')
  })
})
