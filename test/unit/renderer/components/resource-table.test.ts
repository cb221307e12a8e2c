import { flushPromises, mount } from '@vue/test-utils'
import { createPinia } from 'pinia'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { ListQuery } from '@shared/domain/page'
import { printNumber } from '@shared/format/print-number'
import ListActions from '@/components/table/ListActions.vue'
import ResourceTable from '@/components/table/ResourceTable.vue'
import { nothingSelected } from '@/components/table/selection'
import { markUnread } from '@/components/table/unread-cells'
import type { RowSource, TableColumn, TableSelection } from '@/components/table/types'

type Row = { readonly id: string; readonly name: string }

const rows: readonly Row[] = Array.from({ length: 30 }, (_, at) => ({ id: `r${at}`, name: `Row ${at}` }))
const columns: readonly TableColumn[] = [
  { key: 'name', label: 'Name', kind: 'text', width: 200, sortable: true },
  { key: 'id', label: 'ID', kind: 'text', width: 120 },
] as unknown as readonly TableColumn[]
const source: RowSource<Row> = {
  revision: 0,
  load: ({ skip = 0, top = rows.length }: { skip?: number; top?: number }) =>
    Promise.resolve({ ok: true, value: { items: rows.slice(skip, skip + top), count: rows.length } }),
} as unknown as RowSource<Row>

beforeEach(() => {
  // A document without layout: the list needs a height to know which rows are in view.
  vi.spyOn(HTMLElement.prototype, 'clientHeight', 'get').mockReturnValue(600)
  vi.spyOn(HTMLElement.prototype, 'clientWidth', 'get').mockReturnValue(800)
  const call = new Proxy({}, { get: () => () => new Promise(() => undefined) })
  const on = new Proxy({}, { get: () => () => () => undefined })
  vi.stubGlobal('fleet', { call, on })
})
afterEach(() => vi.restoreAllMocks())

async function table(
  more: { readonly selectable?: boolean; readonly single?: boolean; readonly clickOpens?: boolean } = {},
) {
  let query: ListQuery = {}
  let selection: TableSelection = nothingSelected
  const wrapper = mount(ResourceTable<Row>, {
    props: {
      tableId: 'test',
      label: 'Things',
      columns,
      source,
      selectable: true,
      emptyText: 'No things',
      query,
      selection,
      ...more,
      'onUpdate:query': (next: ListQuery) => void wrapper.setProps({ query: (query = next) }),
      'onUpdate:selection': (next: TableSelection) => void wrapper.setProps({ selection: (selection = next) }),
    },
    global: { plugins: [createPinia()] },
    attachTo: document.body,
  })
  await flushPromises()
  await flushPromises()
  return { wrapper, query: () => query, selection: () => selection }
}

describe('a table', () => {
  it('is a grid with all its rows counted and those in view drawn', async () => {
    const { wrapper } = await table()
    expect(wrapper.get('[role=grid]').attributes()).toMatchObject({ 'aria-label': 'Things', 'aria-rowcount': '31' })
    expect(wrapper.find('[data-index="0"]').text()).toContain('Row 0')
    wrapper.unmount()
  })
  it('without check boxes selects the row that is clicked, or moved to, and Enter opens it', async () => {
    const { wrapper } = await table({ selectable: false, single: true })
    const selected = () => wrapper.findAll('[aria-selected=true]').map((row) => row.attributes('data-index'))
    expect(selected()).toEqual([])
    await wrapper.get('[data-index="2"] .cell').trigger('click')
    expect(selected()).toEqual(['2'])
    await wrapper.get('[role=grid]').trigger('keydown', { key: 'ArrowDown' })
    expect(selected()).toEqual(['3'])
    expect(wrapper.emitted('open')).toBeUndefined()
    await wrapper.get('[role=grid]').trigger('keydown', { key: 'Enter' })
    expect(wrapper.emitted('open')).toEqual([[rows[3]]])
  })

  it('opens the row that is clicked where that is its purpose, and none while rows are selected', async () => {
    const { wrapper, selection } = await table({ clickOpens: true })
    await wrapper.get('[data-index="2"] .cell').trigger('click')
    await wrapper.get('[data-index="2"] .cell').trigger('dblclick')
    expect(wrapper.emitted('open')).toEqual([[rows[2]]])
    await wrapper.get('[data-index="4"] .cell').trigger('click', { ctrlKey: true })
    expect(wrapper.emitted('open')).toHaveLength(1)
    expect(selection()).not.toEqual(nothingSelected)
    wrapper.unmount()
  })

  it('selects the rows whose boxes are ticked', async () => {
    const { wrapper, selection } = await table()
    await wrapper.get('[data-index="1"] input').trigger('click')
    await wrapper.get('[data-index="2"] input').trigger('click')
    expect(selection()).toEqual({ mode: 'some', ids: ['r1', 'r2'] })
    expect(wrapper.get('[data-index="1"]').attributes('aria-selected')).toBe('true')
    expect(wrapper.get('[data-index="3"]').attributes('aria-selected')).toBe('false')
    wrapper.unmount()
  })
  it('sorts up, down and not at all', async () => {
    const { wrapper, query } = await table()
    const head = wrapper.get('[role=columnheader] button')
    for (const [sort, aria] of [
      [{ key: 'name', descending: false }, 'ascending'],
      [{ key: 'name', descending: true }, 'descending'],
      [undefined, 'none'],
    ] as const) {
      await head.trigger('click')
      expect(query().sort).toEqual(sort)
      expect(wrapper.get('[aria-sort]').attributes('aria-sort')).toBe(aria)
    }
    wrapper.unmount()
  })
})

describe('the actions of a list', () => {
  const actions = (size: number) =>
    mount(ListActions, {
      props: { size, singular: 'rule', plural: 'rules' },
      slots: { default: '<button>New</button>', selected: '<button>Delete</button>' },
    })
  it('reserves the space of both, and only one is active', async () => {
    const wrapper = actions(0)
    const [resting, selected] = wrapper.findAll('.side')
    expect(resting?.attributes('inert')).toBeUndefined()
    expect(selected?.attributes('inert')).toBeDefined()
    await wrapper.setProps({ size: 1200 })
    expect(resting?.attributes('inert')).toBeDefined()
    expect(selected?.attributes('inert')).toBeUndefined()
    expect(wrapper.get('[role=status]').text()).toBe(`${printNumber(1200)} rules selected`)
  })

  it('names a value that was not understood in its cell, with the field and the operation', async () => {
    markUnread({ items: rows, count: rows.length, unread: { r1: ['name'] } }, 'GET /things')
    const { wrapper } = await table()
    const unread = wrapper.findAll('[data-testid=unread-cell]')
    expect(unread.map((cell) => [cell.text(), cell.attributes('title')])).toEqual([
      ['Unexpected value', 'Unexpected value from the PBX: name (GET /things)'],
    ])
    expect(unread[0]?.element.closest('[data-index]')?.getAttribute('data-index')).toBe('1')
  })
})
