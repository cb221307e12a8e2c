import { flushPromises, mount, type VueWrapper } from '@vue/test-utils'
import { createPinia, setActivePinia } from 'pinia'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createMemoryHistory, createRouter } from 'vue-router'
import { defaultSettings } from '@shared/domain/default-settings'
import type { Settings, SettingsPatch } from '@shared/domain/settings'
import { useContextMenu } from '@/composables/context-menu'
import FleetBoard from '@/features/fleet/FleetBoard.vue'
import { useFleet } from '@/stores/fleet'
import { useSessions } from '@/stores/sessions'
import { useSettings } from '@/stores/settings'
import { useWorkspace } from '@/stores/workspace'
import { facts, limits, now, server, session } from '../../shared/fleet/sample'

const folders: Readonly<Record<string, string>> = { Oslo: 'North', Bergen: 'North', Rome: 'South', Loose: '' }

let board: VueWrapper
let settings: Settings
let calls: (readonly [channel: string, args: unknown])[]
const listeners = new Map<string, (payload: unknown) => void>()

/** Main, as far as the board asks it: settings are changed and the clipboard is filled, everything else waits. */
const reply = (channel: string, args: unknown): Promise<unknown> => {
  calls.push([channel, args])
  if (channel === 'app:copy') return Promise.resolve({ ok: true, value: null })
  if (channel !== 'settings:patch') return new Promise(() => undefined)
  settings = { ...settings, ...(args as SettingsPatch) } as Settings
  return Promise.resolve({ ok: true, value: settings })
}
const sent = (channel: string) => calls.filter(([name]) => name === channel).map(([, args]) => args)

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'], now })
  // A document without layout: the list needs a height to know which rows are in view.
  vi.spyOn(HTMLElement.prototype, 'clientHeight', 'get').mockReturnValue(900)
  vi.spyOn(HTMLElement.prototype, 'clientWidth', 'get').mockReturnValue(1200)
  calls = []
  settings = defaultSettings
  const call = new Proxy({}, { get: (_, channel: string) => (args: unknown) => reply(channel, args) })
  const on = new Proxy(
    {},
    {
      get: (_, event: string) => (run: (payload: unknown) => void) => {
        listeners.set(event, run)
        return () => undefined
      },
    },
  )
  vi.stubGlobal('fleet', { call, on })
  setActivePinia(createPinia())
})
afterEach(() => {
  board.unmount()
  useContextMenu().close()
  vi.restoreAllMocks()
  vi.useRealTimers()
})

const publish = (event: string, payload: unknown): void => listeners.get(event)?.(payload)
const denied = (name: string) => publish('session:changed', session({ serverId: name, phase: 'denied' }))

/** Changes of states are shown after a while. */
async function settle(): Promise<void> {
  vi.advanceTimersByTime(1000)
  await flushPromises()
  await flushPromises()
}

/** The board of servers in folders, of which Bergen was never read. */
async function open(stored: SettingsPatch = {}): Promise<void> {
  settings = { ...defaultSettings, ...stored } as Settings
  const [store] = [useSettings(), useWorkspace(), useSessions(), useFleet()]
  store.settings = settings
  publish('workspace:changed', {
    servers: Object.entries(folders).map(([name, folder]) => server({ id: name, name, folder })),
  })
  for (const name of Object.keys(folders)) {
    if (name === 'Bergen') continue
    publish('session:changed', session({ serverId: name }))
    const users = { used: 10, limit: 100 }
    publish('fleet:facts', [facts({ serverId: name, limits: { ...limits, users } })])
  }
  const empty = { render: () => null }
  const router = createRouter({
    history: createMemoryHistory(),
    routes: [
      { path: '/', name: 'fleet', component: empty },
      { path: '/new-customer', name: 'new-customer', component: empty },
      { path: '/merged/:resource', name: 'merged', component: empty },
      { path: '/server/:serverId', name: 'overview', component: empty },
    ],
  })
  await router.push('/')
  board = mount(FleetBoard, { global: { plugins: [router] }, attachTo: document.body })
  await settle()
}

const grid = () => board.get('[aria-label=Fleet][tabindex="0"]')
const lines = () =>
  board
    .findAll('[role=row][data-index]')
    .toSorted((a, b) => Number(a.attributes('data-index')) - Number(b.attributes('data-index')))
const nameOf = (line: ReturnType<typeof lines>[number] | undefined): string =>
  line?.get('[data-cell=server]').attributes('title')?.split('\n')[0] ?? ''
const names = (): string => lines().map(nameOf).join(' ')
const line = (name: string) => {
  const found = lines().find((each) => nameOf(each) === name)
  if (found === undefined) throw new Error(`There is no line ${name}`)
  return found
}
const press = async (key: string, more: object = {}): Promise<void> => {
  await grid().trigger('keydown', { key, ...more })
  await settle()
}
const button = (name: string) => board.findAll('button').find((each) => each.text() === name)
const selected = (): string =>
  lines()
    .filter((each) => each.attributes('aria-selected') === 'true')
    .map(nameOf)
    .join(' ')
const filterBy = async (text: string): Promise<void> => {
  await board.get('input[type=search]').setValue(text)
  await settle()
}
const menuLabels = (): readonly string[] => useContextMenu().openMenu.value?.items.map(({ label }) => label) ?? []
async function choose(label: string): Promise<void> {
  const item = useContextMenu().openMenu.value?.items.find((each) => each.label === label)
  if (item === undefined) throw new Error(`There is no item ${label}`)
  item.run()
  await settle()
}

describe('the board in groups', () => {
  it('is a table without groups until the user asks for them, and then remembers it', async () => {
    await open()
    expect(grid().attributes('role')).toBe('grid')
    expect(line('Oslo').attributes('aria-level')).toBeUndefined()
    await button('Group by folder')?.trigger('click')
    await settle()
    expect(button('Group by folder')?.attributes('aria-pressed')).toBe('true')
    expect(sent('settings:patch')).toEqual([{ boardGrouped: true }])
    expect(grid().attributes('role')).toBe('treegrid')
    expect(names()).toBe('North Bergen Oslo South Rome No folder Loose')
    expect(line('North').attributes()).toMatchObject({
      'aria-level': '1',
      'aria-expanded': 'true',
      'aria-posinset': '1',
      'aria-setsize': '3',
    })
    expect(line('Oslo').attributes()).toMatchObject({ 'aria-level': '2', 'aria-posinset': '2', 'aria-setsize': '2' })
    expect(line('Oslo').attributes('aria-expanded')).toBeUndefined()
  })

  it('shows of how many servers a total is, and of which it is not', async () => {
    await open({ boardGrouped: true })
    const users = line('North').get('[data-cell=users]')
    expect(users.text()).toBe('10 of 100 1 missing')
    expect(users.attributes('title')).toContain('Without Bergen')
    expect(line('South').get('[data-cell=users]').text()).toBe('10 of 100')
    expect(line('North').get('[data-cell=state]').text()).toBe('Not checked 1 No alerts 1')
  })

  it('collapses and expands with the keyboard and the mouse, and remembers it', async () => {
    await open({ boardGrouped: true })
    await press('ArrowDown')
    await press('ArrowDown')
    expect(selected()).toBe('Oslo')
    await press('ArrowLeft')
    expect(selected()).toBe('North')
    await press('ArrowLeft')
    expect(names()).toBe('North South Rome No folder Loose')
    expect(line('North').attributes('aria-expanded')).toBe('false')
    expect(settings.boardCollapsed).toEqual(['North'])
    await press('Enter')
    expect(line('North').attributes('aria-expanded')).toBe('true')
    await press('Enter')
    await press('ArrowRight')
    expect(names()).toBe('North Bergen Oslo South Rome No folder Loose')
    await line('No folder').get('.cell').trigger('click')
    await settle()
    expect(names()).toBe('North Bergen Oslo South Rome No folder')
    expect(settings.boardCollapsed).toEqual([''])
  })

  it('shows what a filter finds, with totals of it, also of a folder that is collapsed', async () => {
    await open({ boardGrouped: true, boardCollapsed: ['North', 'South'] })
    expect(names()).toBe('North South No folder Loose')
    await filterBy('Oslo')
    expect(names()).toBe('North Oslo')
    expect(line('North').get('[data-cell=server]').text()).toBe('North 1 of 2 servers')
    expect(line('North').get('[data-cell=users]').text()).toBe('10 of 100')
    await press('ArrowLeft')
    expect(names()).toBe('North')
    await filterBy('nothing like this')
    expect(board.text()).toContain('No servers match the filter')
    await filterBy('')
    expect(names()).toBe('North South No folder Loose')
    expect(settings.boardCollapsed).toEqual(['North', 'South'])
  })

  it('copies the servers of a group, not its totals, also while it is collapsed', async () => {
    await open({ boardGrouped: true, boardCollapsed: ['North'] })
    await press('End')
    await press('Home')
    await press('c', { ctrlKey: true })
    const [copied] = sent('app:copy') as readonly { readonly text: string }[]
    expect(copied?.text.split('\n').map((row) => row.split('\t')[0])).toEqual(['Server', 'Bergen', 'Oslo'])
    expect(board.text()).toContain('2 rows copied')
  })

  it('has the menu of the folder, and collapses or expands all', async () => {
    await open({ boardGrouped: true })
    await line('South').trigger('contextmenu', { button: 2 })
    expect(menuLabels()).toEqual(
      expect.arrayContaining(['Sign in to all in this folder', 'Refresh', 'Pause', 'Export…', 'Rename…', 'Ungroup']),
    )
    await choose('Collapse all folders')
    expect(names()).toBe('North South No folder')
    await line('No folder').trigger('contextmenu', { button: 2 })
    expect(menuLabels()).toContain('Refresh')
    expect(menuLabels()).not.toContain('Rename…')
    await choose('Expand all folders')
    expect(names()).toBe('North Bergen Oslo South Rome No folder Loose')
  })

  it('acts only on the servers that the filter shows', async () => {
    await open({ boardGrouped: true })
    await filterBy('Oslo')
    await line('North').trigger('contextmenu', { button: 2 })
    expect(menuLabels()).not.toContain('Ungroup')
    await choose('Pause')
    expect(sent('workspace:setPaused')).toEqual([{ serverIds: ['Oslo'], paused: true }])
  })

  it('is in order under a pointer that rests there since the start', async () => {
    await open({ boardGrouped: true })
    await board.get('.area').trigger('pointerenter')
    await board.get('.area').trigger('pointermove', { movementX: 0, movementY: 0 })
    denied('Rome')
    await settle()
    expect(names()).toBe('South Rome North Bergen Oslo No folder Loose')
  })

  it('does not move while the pointer is in the table', async () => {
    await open({ boardGrouped: true })
    await board.get('.area').trigger('pointerenter')
    await board.get('.area').trigger('pointermove', { movementX: 0, movementY: 2 })
    denied('Rome')
    await settle()
    expect(line('South').get('[data-cell=state]').text()).toContain('Problems 1')
    expect(names()).toBe('North Bergen Oslo South Rome No folder Loose')
    await board.get('.area').trigger('pointerleave')
    await settle()
    expect(names()).toBe('South Rome North Bergen Oslo No folder Loose')
  })

  it('is sorted by the totals, and inside the groups', async () => {
    await open({ boardGrouped: true })
    await button('Server')?.trigger('click')
    await settle()
    expect(names()).toBe('North Bergen Oslo South Rome No folder Loose')
    await button('Server▲')?.trigger('click')
    await settle()
    expect(names()).toBe('South Rome North Oslo Bergen No folder Loose')
  })
})
