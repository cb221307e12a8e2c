import { flushPromises, mount, type VueWrapper } from '@vue/test-utils'
import { createPinia } from 'pinia'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import ResourceTable from '@/components/table/ResourceTable.vue'
import { heightMax } from '@/components/table/use-row-window'
import type { RowSource, TableColumn, TableSelection } from '@/components/table/types'
import { useNotify } from '@/stores/notify'

type Row = { readonly id: string; readonly name: string }

const columns = [{ key: 'name', label: 'Name', kind: 'text', width: 200 }] as unknown as readonly TableColumn[]
const viewHeight = 600
const rowHeight = 36
const headHeight = 34

const sourceOf = (count: number): RowSource<Row> =>
  ({
    revision: 0,
    load: ({ offset = 0, limit = 0 }: { offset?: number; limit?: number }) =>
      Promise.resolve({
        ok: true,
        value: {
          items: Array.from({ length: Math.min(limit, count - offset) }, (_, at) => ({
            id: `r${offset + at}`,
            name: `Row ${offset + at}`,
          })),
          count,
        },
      }),
  }) as unknown as RowSource<Row>

let wrapper: VueWrapper

beforeEach(() => {
  vi.spyOn(HTMLElement.prototype, 'clientHeight', 'get').mockReturnValue(viewHeight)
  vi.spyOn(HTMLElement.prototype, 'clientWidth', 'get').mockReturnValue(800)
  vi.spyOn(globalThis, 'requestAnimationFrame').mockImplementation((run) => {
    queueMicrotask(() => run(0))
    return 0
  })
  const call = new Proxy({}, { get: () => () => new Promise(() => undefined) })
  vi.stubGlobal('fleet', { call, on: new Proxy({}, { get: () => () => () => undefined }) })
})
afterEach(() => {
  wrapper.unmount()
  vi.restoreAllMocks()
})

async function open(count: number): Promise<HTMLElement> {
  wrapper = mount(ResourceTable<Row>, {
    props: { tableId: 'long', label: 'Rules', columns, source: sourceOf(count), emptyText: 'None' },
    global: { plugins: [createPinia()] },
    attachTo: document.body,
  })
  await settled()
  return wrapper.get('[role=grid]').element as HTMLElement
}

async function settled(): Promise<void> {
  for (let turn = 0; turn < 4; turn++) await flushPromises()
}

/** The rows that a person sees: those whose place is in the view, with their text. */
function seen(grid: HTMLElement): readonly string[] {
  return wrapper.findAll('[data-index]').flatMap((row) => {
    const start = Number(/translateY\((-?[\d.]+)px\)/.exec(row.attributes('style') ?? '')?.[1])
    const place = start + headHeight - grid.scrollTop
    return place >= headHeight - 1 && place + rowHeight <= viewHeight + 1 ? [row.text()] : []
  })
}

async function scrollTo(grid: HTMLElement, top: number): Promise<void> {
  grid.scrollTop = top
  grid.dispatchEvent(new Event('scroll'))
  await settled()
}

async function press(key: string): Promise<void> {
  await wrapper.get('[role=grid]').trigger('keydown', { key })
  await settled()
}

describe.each([1000, 300_000, 1_000_000, 40_000_000])('a table of %i rows', (count) => {
  it('has no element that is higher than Chromium draws', async () => {
    await open(count)
    const height = Number(/height: ([\d.]+)px/.exec(wrapper.get('.body').attributes('style') ?? '')?.[1])
    expect(height).toBe(Math.min(count * rowHeight, heightMax))
  })

  it('shows its last rows at the end of the scroll bar, and its first at the beginning', async () => {
    const grid = await open(count)
    const end = Math.min(count * rowHeight, heightMax) + headHeight - viewHeight
    await scrollTo(grid, end)
    expect(seen(grid).at(-1)).toBe(`Row ${count - 1}`)
    await scrollTo(grid, 0)
    expect(seen(grid)[0]).toBe('Row 0')
    await scrollTo(grid, end / 2)
    const middle = Number(seen(grid)[7]?.slice(4))
    expect(Math.abs(middle - count / 2)).toBeLessThan(10)
  })

  it('goes with keys to every row', async () => {
    const grid = await open(count)
    await press('End')
    expect(seen(grid).at(-1)).toBe(`Row ${count - 1}`)
    for (let step = 0; step < 20; step++) await press('ArrowUp')
    expect(wrapper.get('.row.active').text()).toBe(`Row ${count - 21}`)
    expect(seen(grid)[0]).toBe(`Row ${count - 21}`)
    await press('Home')
    expect(seen(grid)[0]).toBe('Row 0')
    for (let step = 0; step < 20; step++) await press('ArrowDown')
    expect(seen(grid)).toContain('Row 20')
  })
})

it('in a list that is scrolled in proportion, the wheel passes over no row', async () => {
  const grid = await open(40_000_000)
  await scrollTo(grid, 1_000_000)
  const before = Number(seen(grid)[0]?.slice(4))
  for (let turn = 1; turn <= 5; turn++) {
    await wrapper.get('[role=grid]').trigger('wheel', { deltaY: 2 * rowHeight, deltaMode: 0 })
    // The event of the browser for what was set.
    grid.dispatchEvent(new Event('scroll'))
    await settled()
    expect(Number(seen(grid)[0]?.slice(4))).toBe(before + 2 * turn)
  }
})

it('a range over more rows than are loaded is selected as a whole, or not at all with the reason', async () => {
  const whole = sourceOf(5000)
  let isLost = false
  const lost = { ok: false, error: { code: 'offline', message: 'Connection refused' } } as const
  const load: typeof whole.load = (query) =>
    isLost && query.offset >= 2000 ? Promise.resolve(lost) : whole.load(query)
  const pinia = createPinia()
  const notified = vi.spyOn(useNotify(pinia), 'error').mockImplementation(() => undefined)
  let selected: TableSelection = { mode: 'some', ids: [] }
  wrapper = mount(ResourceTable<Row>, {
    props: {
      ...{ tableId: 'long', label: 'Rules', columns, source: { ...whole, load }, emptyText: 'None', selectable: true },
      'onUpdate:selection': (next: TableSelection) => (selected = next),
    },
    global: { plugins: [pinia] },
    attachTo: document.body,
  })
  await settled()
  const extendToEnd = async (): Promise<number | undefined> => {
    await press('Home')
    await wrapper.get('[role=grid]').trigger('keydown', { key: 'End', shiftKey: true })
    for (let turn = 0; turn < 5; turn++) await settled()
    return selected.mode === 'some' ? selected.ids.length : undefined
  }
  isLost = true
  expect(await extendToEnd()).toBe(1)
  expect(notified).toHaveBeenCalledExactlyOnceWith(lost.error, 'The rows could not be selected')
  isLost = false
  expect(await extendToEnd()).toBe(5000)
})
