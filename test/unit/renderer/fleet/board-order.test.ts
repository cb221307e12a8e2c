import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { boardColumns, boardTableRow, type BoardTableRow } from '@/features/fleet/board-cells'
import { boardOrder, inOrder } from '@/features/fleet/board-order'
import { facts, inDays, limits, now, presented, row } from '../../shared/fleet/sample'

const tableRow = (id: string, parts: Parameters<typeof row>[0] = {}): BoardTableRow =>
  boardTableRow(row({ ...parts, server: { name: id, ...parts.server, id } }), now)
const ids = (rows: readonly BoardTableRow[]): readonly string[] => rows.map(({ id }) => id)
const sortedBy = (rows: readonly BoardTableRow[], key?: string, descending = false): readonly string[] =>
  ids(rows.toSorted(boardOrder(key === undefined ? undefined : { key, descending })))

const using = (used: number | undefined) => ({ facts: facts({ limits: { ...limits, users: { used, limit: 100 } } }) })
const expiring = (days: number) => ({ facts: facts({ certificate: { ...presented, validTo: inDays(days) } }) })

describe('the order of the board', () => {
  it('is worst first without a sorted column', () => {
    const rows = [
      tableRow('fine'),
      tableRow('alert', expiring(5)),
      tableRow('blocked', { session: { phase: 'denied' } }),
    ]
    expect(sortedBy(rows)).toEqual(['blocked', 'alert', 'fine'])
  })

  it('by a column has unknown values last, in both directions', () => {
    const rows = [tableRow('unknown', using(undefined)), tableRow('5', using(5)), tableRow('50', using(50))]
    expect(sortedBy(rows, 'users')).toEqual(['5', '50', 'unknown'])
    expect(sortedBy(rows, 'users', true)).toEqual(['50', '5', 'unknown'])
  })

  it('has servers alike worst first, in both directions', () => {
    const rows = [
      tableRow('a', using(5)),
      tableRow('b', { ...using(5), session: { phase: 'denied' } }),
      tableRow('c', { facts: undefined }),
      tableRow('d', { facts: undefined, session: { phase: 'needs-password' } }),
    ]
    expect(sortedBy(rows, 'users')).toEqual(['b', 'a', 'd', 'c'])
    expect(sortedBy(rows, 'users', true)).toEqual(['b', 'a', 'd', 'c'])
  })

  it('by state is the order of the verdicts, not of their names', () => {
    const rows = [
      tableRow('alert', expiring(5)),
      tableRow('fine'),
      tableRow('blocked', { session: { phase: 'denied' } }),
      tableRow('paused', { server: { paused: true } }),
      tableRow('action', { session: { phase: 'needs-otp' } }),
    ]
    expect(sortedBy(rows, 'state')).toEqual(['blocked', 'action', 'alert', 'fine', 'paused'])
    expect(sortedBy(rows, 'state', true)).toEqual(['paused', 'fine', 'alert', 'action', 'blocked'])
  })

  it('by version, name and end is by number and time, not by letters', () => {
    const versions = ['22.6.10', '22.6.9', '22.10.1'].map((version) => tableRow(version, { session: { version } }))
    expect(sortedBy(versions, 'version')).toEqual(['22.6.9', '22.6.10', '22.10.1'])
    expect(
      sortedBy(
        ['PBX 10', 'PBX 2'].map((name) => tableRow(name)),
        'server',
      ),
    ).toEqual(['PBX 2', 'PBX 10'])
    expect(
      sortedBy(
        [100, 7, 20].map((days) => tableRow(`${days}`, expiring(days))),
        'certificate',
      ),
    ).toEqual(['7', '20', '100'])
  })

  it('by any column does not depend on the order in which the servers were added', () => {
    const phases = ['signed-in', 'signed-out', 'denied', 'needs-password'] as const
    const anyRow = fc
      .record({
        id: fc.uuid(),
        phase: fc.constantFrom(...phases),
        used: fc.option(fc.integer({ min: 0, max: 100 }), { nil: undefined }),
        end: fc.constantFrom(inDays(5), inDays(20), 'never', undefined),
        folder: fc.constantFrom('', 'North', 'South 2', 'South 10'),
      })
      .map(({ id, phase, used, end, folder }) =>
        tableRow(id, {
          server: { folder },
          session: { phase },
          facts: facts({
            limits: { ...limits, users: { used, limit: 100 }, ...(end !== undefined && { maintenanceExpiresAt: end }) },
            certificate: end === undefined ? undefined : { ...presented, validTo: end },
          }),
        }),
      )
    const rows = fc.uniqueArray(anyRow, { selector: ({ id }) => id, maxLength: 12 })
    const sorts = fc.record({ key: fc.constantFrom(...boardColumns.map(({ key }) => key)), descending: fc.boolean() })
    fc.assert(
      fc.property(
        rows.chain((list) => fc.tuple(fc.constant(list), fc.shuffledSubarray(list, { minLength: list.length }))),
        sorts,
        ([list, shuffled], { key, descending }) => {
          expect(sortedBy(shuffled, key, descending)).toEqual(sortedBy(list, key, descending))
        },
      ),
    )
  })
})

describe('an order that was made earlier', () => {
  const order = ['a', 'b', 'c']
  const compare = boardOrder(undefined)

  it('keeps the place of each row while values change', () => {
    const rows = [tableRow('a'), tableRow('b'), tableRow('c', { session: { phase: 'denied' } })]
    expect(sortedBy(rows)).toEqual(['c', 'a', 'b'])
    expect(ids(inOrder(rows, order, compare))).toEqual(order)
    expect(inOrder(rows, order, compare)[2]?.board.verdict).toBe('problem')
  })

  it('has new rows last, in their own order, and leaves out removed ones', () => {
    const rows = [
      tableRow('new and fine'),
      tableRow('c'),
      tableRow('new and blocked', { session: { phase: 'denied' } }),
      tableRow('a'),
    ]
    expect(ids(inOrder(rows, order, compare))).toEqual(['a', 'c', 'new and blocked', 'new and fine'])
  })

  it('that is empty is the order of comparison', () => {
    const rows = [tableRow('b'), tableRow('a')]
    expect(ids(inOrder(rows, [], compare))).toEqual(['a', 'b'])
  })
})
