import { flushPromises, mount } from '@vue/test-utils'
import { createPinia } from 'pinia'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { createMemoryHistory, createRouter } from 'vue-router'
import type { NewAlert } from '@shared/fleet/raised-file'
import FleetBoard from '@/features/fleet/FleetBoard.vue'
import FleetSettings from '@/features/settings/FleetSettings.vue'
import { facts, inDays, limits, server } from '../../shared/fleet/sample'

const id = server().id
const near = facts({ limits: { ...limits, users: { used: 98, limit: 100 } } })
const raisedAt = (at: number | string): NewAlert => ({
  serverId: id,
  kind: 'users',
  raisedAt: new Date(at).toISOString(),
})
const alert = raisedAt(inDays(-9_999))

let calls: (readonly [channel: string, args: unknown])[] = []
let canNotify = true
let listeners = new Map<string, ((payload: unknown) => void)[]>()
const publish = (event: string, payload: unknown): void => listeners.get(event)?.forEach((run) => run(payload))

const replies: { readonly [channel: string]: () => unknown } = {
  'app:info': () => ({ canNotify }),
  'fleet:markSeen': () => null,
  'settings:patch': () => ({}),
}

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval'] })
  calls = []
  listeners = new Map()
  canNotify = true
  vi.spyOn(HTMLElement.prototype, 'clientHeight', 'get').mockReturnValue(600)
  vi.spyOn(HTMLElement.prototype, 'clientWidth', 'get').mockReturnValue(1_200)
  const ask = (channel: string) => (args: unknown) => {
    calls.push([channel, args])
    const reply = replies[channel]
    return reply ? Promise.resolve({ ok: true, value: reply() }) : new Promise(() => undefined)
  }
  const listen = (event: string) => (run: (payload: unknown) => void) => {
    listeners.set(event, [...(listeners.get(event) ?? []), run])
    return () => undefined
  }
  vi.stubGlobal('fleet', {
    call: new Proxy({}, { get: (_, channel) => ask(String(channel)) }),
    on: new Proxy({}, { get: (_, event) => listen(String(event)) }),
  })
})
afterEach(() => {
  vi.useRealTimers()
  vi.restoreAllMocks()
  document.body.replaceChildren()
})

/** The board is made again at intervals. */
async function updated(): Promise<void> {
  await vi.advanceTimersByTimeAsync(1_000)
  await flushPromises()
}

/** The board with one server, which is near its limit. */
async function board() {
  const none = { template: '<div />' }
  const routes = [
    { path: '/', name: 'fleet', component: none },
    { path: '/new-customer', name: 'new-customer', component: none },
    { path: '/fleet/:resource', name: 'merged', component: none },
    { path: '/servers/:serverId', name: 'overview', component: none },
  ]
  const router = createRouter({ history: createMemoryHistory(), routes })
  await router.push('/')
  const wrapper = mount(FleetBoard, { global: { plugins: [createPinia(), router] }, attachTo: document.body })
  publish('workspace:changed', { servers: [server()] })
  publish('fleet:facts', [near])
  await updated()
  return wrapper
}
const line = () => document.querySelector('[data-testid=new-alerts]')
const marks = () => [...document.querySelectorAll('[data-cell=state] .new')].map(({ textContent }) => textContent)
const filter = () => document.querySelector<HTMLInputElement>('input[type=search]')?.value
const button = (name: string) =>
  [...document.querySelectorAll('button')].find(({ textContent }) => textContent === name)
/** The pointer moves into the table or out of it. */
function point(type: 'pointerenter' | 'pointerleave'): void {
  const area = document.querySelector('.area')
  area?.dispatchEvent(new Event(type))
  area?.dispatchEvent(Object.assign(new Event('pointermove'), { movementX: 1, movementY: 1 }))
}

it('new alerts are marked immediately, and one line under the table appears once the pointer is elsewhere', async () => {
  const wrapper = await board()
  expect([line(), marks()]).toEqual([null, []])
  point('pointerenter')
  publish('fleet:alerts', [raisedAt(Date.now() + 1_000)])
  await updated()
  expect([line(), marks()]).toEqual([null, ['New']])
  point('pointerleave')
  await flushPromises()
  expect(line()?.textContent).toMatch(/^1 new alert since .*\d.* Berlin: Users: 98 of 100$/)
  point('pointerenter')
  publish('fleet:alerts', [])
  await updated()
  expect([line(), marks()]).toEqual([null, []])
  wrapper.unmount()
})

it('alerts that are new since before the start are shown with the board, wherever the pointer is', async () => {
  const wrapper = await board()
  point('pointerenter')
  publish('fleet:alerts', [alert])
  await updated()
  expect(line()?.textContent).toContain('Berlin: Users: 98 of 100')
  wrapper.unmount()
})

it('“Show” filters the board, “Mark as seen” sends what was shown and keeps the filter', async () => {
  const wrapper = await board()
  publish('fleet:alerts', [alert])
  await updated()
  button('Show')?.click()
  await updated()
  expect([filter(), marks()]).toEqual(['state:new', ['New']])
  button('Mark as seen')?.click()
  await flushPromises()
  expect(calls.filter(([channel]) => channel === 'fleet:markSeen')).toEqual([['fleet:markSeen', { alerts: [alert] }]])
  publish('fleet:alerts', [])
  await updated()
  expect([line(), marks(), filter()]).toEqual([null, [], 'state:new'])
  expect(document.body.textContent).toContain('No new alerts')
  button('Clear filter')?.click()
  await updated()
  expect(document.querySelectorAll('[role=row][data-index]')).toHaveLength(1)
  wrapper.unmount()
})

async function notifySetting() {
  const wrapper = mount(FleetSettings, { global: { plugins: [createPinia()] }, attachTo: document.body })
  await flushPromises()
  const label = [...document.querySelectorAll('label')].find((element) => element.textContent?.includes('Notify me'))
  const box = label?.querySelector('input')
  return { box, text: label?.textContent ?? '', unmount: () => wrapper.unmount() }
}

it('notifications are off until they are turned on in the settings', async () => {
  const { box, unmount } = await notifySetting()
  expect([box?.checked, box?.disabled]).toEqual([false, false])
  box?.click()
  expect(calls).toContainEqual(['settings:patch', { notifyAlerts: true }])
  unmount()
})

it('a system without notifications says so, and the setting cannot be changed', async () => {
  canNotify = false
  const { box, text, unmount } = await notifySetting()
  expect(box?.getAttribute('aria-disabled')).toBe('true')
  expect(text).toContain('This system does not support notifications.')
  unmount()
})
