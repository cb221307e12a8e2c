import { mount } from '@vue/test-utils'
import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { defineComponent } from 'vue'
import { createMemoryHistory, createRouter } from 'vue-router'
import { allowed, type Account } from '@shared/access/allowed'
import { useFleetActions } from '@/features/shell/fleet-actions'
import { usePaletteEntries } from '@/features/palette/entries'
import { useRecordRollouts } from '@/features/rollouts/record-rollouts'
import { useSessions } from '@/stores/sessions'
import { useWorkspace } from '@/stores/workspace'
import { accounts, cells, sessionOf } from '../../../roles/cells'
import { server, session } from '../../shared/fleet/sample'

const listeners = new Map<string, (payload: unknown) => void>()
beforeEach(() => {
  const on = (_: unknown, event: string) => (run: (payload: unknown) => void) => {
    listeners.set(event, run)
    return () => undefined
  }
  const call = () => () => new Promise<never>(() => undefined)
  vi.stubGlobal('fleet', { call: new Proxy({}, { get: call }), on: new Proxy({}, { get: on }) })
  setActivePinia(createPinia())
})

const publish = (event: string, payload: unknown): void => listeners.get(event)?.(payload)

/** A fleet with one server for each of these accounts; those without one are not signed in. */
function open(...fleet: readonly (Account | undefined)[]) {
  const ids = fleet.map((_, index) => `server-${index}`)
  useWorkspace()
  useSessions()
  publish('workspace:changed', { servers: ids.map((id) => server({ id, name: id })), folders: [] })
  for (const [index, account] of fleet.entries())
    if (account !== undefined)
      publish('session:changed', session({ serverId: ids[index] ?? '', phase: 'signed-in', ...account }))
  const routes = [{ path: '/', component: { template: '<p />' } }]
  const router = createRouter({ history: createMemoryHistory(), routes })
  const use = () => ({ palette: usePaletteEntries(), actions: useFleetActions(), rollouts: useRecordRollouts() })
  let used: ReturnType<typeof use> | undefined
  const part = defineComponent({ setup: () => void (used = use()), template: '<p />' })
  mount(part, { global: { plugins: [router] } })
  const { palette, actions, rollouts } = used ?? expect.fail()
  const changes = /^(Block or allow|Replace certificate|New customer)/
  const labels = (all: readonly { readonly label: string }[]) =>
    all.map(({ label }) => label).filter((label) => changes.test(label))
  return {
    palette: () => labels([...palette.all([]), ...palette.forBlocking('192.0.2.7')]),
    menu: () => labels(actions.serversMenu(ids)),
    ofRecord: (index: number) =>
      rollouts.menuItems('ip-rules', { serverId: ids[index] ?? '', id: '1' }).map(({ label }) => label),
    rollouts,
    ids,
  }
}

const all = [
  ...['Block or allow addresses on servers', 'Replace certificate on servers'],
  ...['New customer', 'Block or allow 192.0.2.7 on servers'],
]
const admin: Account = { role: 'SystemAdmin', version: '22.6' }
const dealer: Account = { role: 'Dealer', version: '22.6' }

describe('changes to several servers', () => {
  it.each(accounts)('are those in the palette that the role $name may make on some server', (account) => {
    const [cell] = cells.filter((each) => each.account === account && each.version === '22.6')
    const own = sessionOf(cell ?? expect.fail())
    const may = (subject: 'ip-rules' | 'certificate' | 'tenants') => allowed(own, subject, 'change') !== 'no'
    const wanted = [may('ip-rules'), may('certificate'), may('tenants'), may('ip-rules')]
    expect(open(own, undefined).palette()).toEqual(all.filter((_, index) => wanted[index]))
  })

  it('for a dealer are new customers', () => {
    expect(open(dealer, dealer).palette()).toEqual(['New customer'])
    expect(open(dealer).menu()).toEqual([])
  })

  it('are offered if the account of one of the servers may make them', () => {
    const { palette, menu } = open(dealer, admin)
    expect(palette()).toEqual(all)
    expect(menu()).toHaveLength(2)
  })

  it('are offered while no server is signed in, or an account is not known', () => {
    expect(open(undefined, undefined).palette()).toEqual(all)
    expect(open({ role: 'Night Shift' }).palette()).toEqual(all)
  })
})

describe('the rows of several servers', () => {
  const viewer: Account = { ...admin, capabilities: ['SystemSettings.ViewOnly'] }

  it('can be changed and deleted where the account of their server may', () => {
    const { ofRecord } = open(viewer, admin, undefined)
    expect([0, 1, 2].map(ofRecord)).toEqual([[], ['Change…', 'Delete…'], ['Change…', 'Delete…']])
  })

  it('together can be changed if the account of one of them may', () => {
    const { rollouts, ids } = open(viewer, admin)
    const [first = '', second = ''] = ids
    const may = (...servers: readonly string[]) => [
      rollouts.canChange('ip-rules', servers),
      rollouts.canDelete('ip-rules', servers),
    ]
    expect([may(first), may(second), may(first, second)]).toEqual([
      [false, false],
      [true, true],
      [true, true],
    ])
  })
})
