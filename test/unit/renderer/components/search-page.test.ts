import { flushPromises, mount, type VueWrapper } from '@vue/test-utils'
import { createPinia, setActivePinia } from 'pinia'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { createMemoryHistory, createRouter } from 'vue-router'
import { printNumber } from '@shared/format/print-number'
import { matchTiers, type EntryHit, type ExportHit } from '@shared/fleet/search'
import type { AppError } from '@shared/ipc/result'
import SearchPage from '@/features/search/SearchPage.vue'

const entry: EntryHit = {
  ...{ seq: 7, at: '2026-11-24T15:30:00.000Z', server: 'Kunde A', object: 'rule 41.202.7.9/32', resource: 'ip-rules' },
  ...{ action: 'change', detail: 'Description: Scanner → Botnet', outcome: 'done', user: 'tech as admin' },
  tier: matchTiers.text,
}
const file: ExportHit = {
  ...{ id: 'e1', file: 'Kunde A ip-rules.csv', server: 'Kunde A', resource: 'ip-rules', format: 'csv' },
  ...{ exportedAt: '2026-11-24T15:30:00.000Z', integrity: 'intact', tier: matchTiers.titleStart },
}
const diskError: AppError = { code: 'disk', message: 'The file could not be read.', hint: 'Check the folder.' }

type Reply = { readonly ok: true; readonly value: unknown } | { readonly ok: false; readonly error: AppError }
const value = (of: unknown): Reply => ({ ok: true, value: of })
const nothing = { hits: [], count: 0, unreadable: 0 }
/** What main replies; a channel without a reply is still at work. */
let replies: { [channel: string]: Reply }
/** Channels whose replies a test sends later. */
let slow: { [channel: string]: () => Promise<Reply> }
let events: { [event: string]: () => void }
const pages: VueWrapper[] = []

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  // A document without layout: the tables need a height to know which rows are in view.
  vi.spyOn(HTMLElement.prototype, 'clientHeight', 'get').mockReturnValue(600)
  vi.spyOn(HTMLElement.prototype, 'clientWidth', 'get').mockReturnValue(800)
  replies = {
    'search:find': value({ hits: [], counts: {}, servers: [] }),
    'journal:find': value(nothing),
    'exports:find': value(nothing),
  }
  slow = {}
  events = {}
  const get = (_: unknown, channel: string) => () =>
    slow[channel]?.() ?? replies[channel] ?? new Promise<never>(() => undefined)
  const listen = (_: unknown, event: string) => (listener: () => void) => {
    events[event] = listener
    return () => undefined
  }
  vi.stubGlobal('fleet', { call: new Proxy({}, { get }), on: new Proxy({}, { get: listen }) })
  setActivePinia(createPinia())
})
afterEach(() => {
  pages.splice(0).forEach((page) => page.unmount())
  vi.useRealTimers()
  vi.restoreAllMocks()
})

async function pass(ms: number): Promise<void> {
  await vi.advanceTimersByTimeAsync(ms)
  await flushPromises()
  await flushPromises()
}

async function open() {
  const blank = { template: '<p />' }
  const router = createRouter({
    history: createMemoryHistory(),
    routes: [
      { path: '/', component: blank },
      { path: '/search', name: 'search', component: SearchPage },
      { path: '/journal', name: 'journal', component: blank },
      { path: '/exports/view/:entryId', name: 'export-view', component: blank },
    ],
  })
  await router.push('/search')
  const page = mount(SearchPage, { global: { plugins: [router] }, attachTo: document.body })
  pages.push(page)
  const type = async (text: string): Promise<void> => {
    await page.get('input[type=search]').setValue(text)
    await pass(100)
  }
  const section = (id: string) => page.get(`[data-testid=found-${id}]`)
  const status = (id: string): string => section(id).get('[data-testid=status]').text()
  return { page, router, type, section, status }
}

it('before anything is typed, the page says what is searched, and that the rows in exports are not', async () => {
  const { page } = await open()
  expect(page.text().replace(/\s+/g, ' ')).toContain(
    'changes in the journal, and exports by name, server, list and time; the rows in exports are not searched',
  )
  expect(page.find('[data-testid=found-journal]').exists()).toBe(false)
})

it('changes and exports are listed with how many match, and Enter opens them', async () => {
  replies['journal:find'] = value({ hits: [entry], count: 1234, unreadable: 2 })
  replies['exports:find'] = value({ hits: [file], count: 1 })
  const { page, router, type, section, status } = await open()
  await type('kunde')
  expect(status('journal')).toBe(`The first 1 of ${printNumber(1234)} changes`)
  expect(section('journal').get('[data-testid=note]').text()).toContain('2 lines of the journal cannot be read')
  expect(section('journal').get('[data-index="0"]').text()).toMatch(/rule 41\.202\.7\.9\/32.*Kunde A.*Change.*Done/)
  expect(status('exports')).toBe('1 export')
  expect(section('exports').get('[data-index="0"]').text()).toMatch(/Kunde A ip-rules\.csv.*IP rules.*CSV.*Verified/)

  // No row of a server matches, so the arrow leads to the first table that has some.
  await page.get('input[type=search]').trigger('keydown', { key: 'ArrowDown' })
  expect(document.activeElement?.getAttribute('aria-label')).toBe('Journal')
  await section('journal').get('[role=grid]').trigger('keydown', { key: 'Enter' })
  await flushPromises()
  expect(router.currentRoute.value.fullPath).toBe('/journal?open=7')
  await section('exports').get('[role=grid]').trigger('keydown', { key: 'Enter' })
  await flushPromises()
  expect(router.currentRoute.value.fullPath).toBe('/exports/view/e1')
})

it('while the journal is searched, and if it cannot be read, nothing is stated about what it has', async () => {
  const { type, section, status } = await open()
  await type('kunde')
  expect(status('journal')).toBe('No changes found')
  expect(status('exports')).toBe('No exports found')

  delete replies['journal:find']
  await type('kunde a')
  expect(status('journal')).toBe('Searching the journal…')
  replies['journal:find'] = { ok: false, error: diskError }
  await type('kunde b')
  expect(status('journal')).toBe('Not searched')
  expect(section('journal').get('[role=alert]').text()).toContain('The file could not be read.')
  expect(status('exports')).toBe('No exports found')

  replies['journal:find'] = value({ hits: [entry], count: 1, unreadable: 0 })
  await section('journal').get('[role=alert] button:last-child').trigger('click')
  await pass(0)
  expect(status('journal')).toBe('1 change')
  expect(section('journal').find('[role=alert]').exists()).toBe(false)
})

it('results of the text before stay while others are searched for, with a notice if that takes long', async () => {
  replies['journal:find'] = value({ hits: [entry], count: 1, unreadable: 0 })
  const { type, section, status } = await open()
  await type('kunde')
  delete replies['journal:find']
  await type('kunde a')
  expect(status('journal')).toBe('1 change')
  await pass(300)
  expect(status('journal')).toBe('Searching the journal…')
  expect(section('journal').text()).toContain('rule 41.202.7.9/32')
})

it('changes that come faster than they are searched are shown, and start no more than one search at a time', async () => {
  replies['journal:find'] = value({ hits: [], count: 0, unreadable: 0 })
  const { type, status } = await open()
  await type('kunde')
  const answers: ((reply: Reply) => void)[] = []
  slow['journal:find'] = () => new Promise((resolve) => answers.push(resolve))
  for (let change = 0; change < 5; change += 1) events['journal:changed']?.()
  expect(answers).toHaveLength(1)
  answers[0]?.(value({ hits: [entry], count: 1, unreadable: 0 }))
  await pass(100)
  expect(status('journal')).toBe('1 change')
  expect(answers).toHaveLength(2)
  answers[1]?.(value({ hits: [entry], count: 2, unreadable: 0 }))
  await pass(100)
  expect(status('journal')).toBe('The first 1 of 2 changes')
  expect(answers).toHaveLength(2)
})
