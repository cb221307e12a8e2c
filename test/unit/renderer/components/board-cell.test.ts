import { mount } from '@vue/test-utils'
import { describe, expect, test } from 'vitest'
import { boardTableRow } from '@/features/fleet/board-cells'
import BoardCell from '@/features/fleet/BoardCell.vue'
import { boardGroupRow } from '@/features/fleet/group-cells'
import { dealerLimits, facts, limits, now, row } from '../../shared/fleet/sample'

const license = boardTableRow(row({ facts: facts({ limits: { ...limits, users: { used: 3934, limit: 5200 } } }) }), now)
const dealer = boardTableRow(row({ facts: facts({ limits: dealerLimits({ used: 194, limit: 200 }) }) }), now)

describe('a value that may be cut off', () => {
  test.each([
    ['a license', license, ['3,934 of 5,200']],
    ['a dealer', dealer, ['194 of 200', 'Dealer']],
    ['a folder', boardGroupRow('North', [license, dealer], 2, now), ['3,934 of 5,200', '1 missing']],
  ])('of %s is whole in the tooltip', (_, line, parts) => {
    for (const dense of [false, true]) {
      const title = mount(BoardCell, { props: { row: line, column: 'users', dense } })
        .get('[data-cell=users]')
        .attributes('title')
      for (const part of parts) expect(title).toContain(part)
    }
  })

  test.each(Object.keys(license.cells))('the cell of %s has its text in the tooltip', (column) => {
    for (const line of [license, dealer]) {
      const key = column as keyof typeof line.cells
      const { text, isAbsent } = line.cells[key]
      const cell = mount(BoardCell, { props: { row: line, column: key, dense: false } }).get(`[data-cell=${key}]`)
      if (isAbsent !== true) expect(cell.attributes('title') ?? '').toContain(text)
    }
  })
})
