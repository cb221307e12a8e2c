import { expect, test } from 'vitest'
import { mayUse } from '@shared/access/allowed'
import { formatsFor } from '@/features/exports/export-text'
import { hiddenPage, pagesFor } from '@/features/session/server-pages'
import { cells, sessionOf, type Cell } from '../../../roles/cells'

const pageOf = ({ subject }: Cell): string => (subject === 'sbc' || subject === 'im' ? 'sbc-im' : subject)
const both = (cell: Cell): readonly Cell[] =>
  cells.filter(
    (other) => other.account === cell.account && other.version === cell.version && pageOf(other) === pageOf(cell),
  )
const isNo = (all: readonly Cell[], action: Cell['action']): boolean =>
  all.filter((cell) => cell.action === action).every(({ allowed }) => allowed === false)
const nameOf = (cell: Cell): string => [cell.account.name, cell.version, pageOf(cell)].join(' ')

test('a page has a tab unless the documents refuse to read it', () => {
  const read = cells.filter(({ action }) => action === 'read')
  const wrong = read.filter((cell) => {
    const isOffered = pagesFor(sessionOf(cell)).some(({ name }) => name === pageOf(cell))
    return isOffered === isNo(both(cell), 'read')
  })
  expect(wrong.map(nameOf)).toEqual([])
})

test('a page without a tab is left by its name', () => {
  expect(hiddenPage('transports', { role: 'Dealer' })?.label).toBe('Transports')
  expect(hiddenPage('tenants', { role: 'Dealer' })).toBeUndefined()
  expect(hiddenPage('fleet', { role: 'Dealer' })).toBeUndefined()
})

test('a page that cannot be changed is read-only', () => {
  const wrong = cells
    .filter(({ action, subject }) => action === 'change' && pageOf({ subject } as Cell) !== 'sbc-im')
    .filter((cell) => {
      const isRefused = isNo(both(cell), 'read') || isNo(both(cell), 'change')
      return mayUse(sessionOf(cell), pageOf(cell), 'change') === isRefused
    })
  expect(wrong.map(nameOf)).toEqual([])
})

test('the PBX’s own file is offered where no document refuses it', () => {
  const wrong = cells
    .filter(({ action }) => action === 'export')
    .filter((cell) => {
      const isOffered = formatsFor('ip-rules', sessionOf(cell)).some(({ value }) => value === 'native')
      return isOffered === (cell.allowed === false)
    })
  expect(wrong.map(nameOf)).toEqual([])
})
