import { flushPromises, mount } from '@vue/test-utils'
import { createPinia } from 'pinia'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { createMemoryHistory, createRouter } from 'vue-router'
import { defaultSettings } from '@shared/domain/default-settings'
import type { Settings } from '@shared/domain/settings'
import ServerTree from '@/features/shell/ServerTree.vue'
import { useFleet } from '@/stores/fleet'
import { useSessions } from '@/stores/sessions'
import { useSettings } from '@/stores/settings'
import { useWorkspace } from '@/stores/workspace'
import { facts, limits, now, server, session } from '../../shared/fleet/sample'

const listeners = new Map<string, (payload: unknown) => void>()
const publish = (event: string, payload: unknown): void => listeners.get(event)?.(payload)

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['Date'], now })
  vi.spyOn(HTMLElement.prototype, 'clientHeight', 'get').mockReturnValue(600)
  const on = (event: string) => (run: (payload: unknown) => void) => {
    listeners.set(event, run)
    return () => undefined
  }
  vi.stubGlobal('fleet', {
    call: new Proxy({}, { get: () => () => new Promise(() => undefined) }),
    on: new Proxy({}, { get: (_, event) => on(String(event)) }),
  })
})
afterEach(() => {
  vi.useRealTimers()
  vi.restoreAllMocks()
})

/** The sidebar with a server that is signed in and has no user and no call left. */
async function marks(changes: Partial<Settings> = {}, isPaused = false): Promise<readonly string[]> {
  const empty = { render: () => null }
  const router = createRouter({
    history: createMemoryHistory(),
    routes: [{ path: '/', name: 'fleet', component: empty }],
  })
  const pinia = createPinia()
  const [settings] = [useSettings(pinia), useWorkspace(pinia), useSessions(pinia), useFleet(pinia)]
  settings.settings = { ...defaultSettings, ...changes }
  publish('workspace:changed', { servers: [server({ paused: isPaused })], folders: [] })
  publish('session:changed', session())
  const full = { ...limits, users: { used: 95, limit: 100 }, calls: { used: 50, limit: 50 } }
  publish('fleet:facts', [facts({ limits: full })])
  const wrapper = mount(ServerTree, { props: { search: '' }, global: { plugins: [pinia, router] } })
  await flushPromises()
  const names = wrapper.findAll('[role=treeitem] [role=img]').map((mark) => mark.attributes('aria-label') ?? '')
  wrapper.unmount()
  return names
}

it('a server that is signed in shows its alerts beside its state, the most urgent first', async () => {
  expect(await marks()).toEqual(['Signed in', 'Critical: Current calls: 50 of 50; Warning: Users: 95 of 100'])
})

it('alerts that are muted are not shown, and none of a paused server', async () => {
  const muted = (kind: string) => `${server().id} ${kind}`
  expect(await marks({ mutedAlerts: [muted('calls')] })).toEqual(['Signed in', 'Warning: Users: 95 of 100'])
  expect(await marks({ mutedAlerts: [muted('calls'), muted('users')] })).toEqual(['Signed in'])
  expect(await marks({}, true)).toEqual(['Paused'])
})
