import { flushPromises, mount } from '@vue/test-utils'
import { createPinia, setActivePinia } from 'pinia'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { createMemoryHistory, createRouter } from 'vue-router'
import { emptyCounts, type PlanSummary } from '@shared/domain/plan'
import PlanActions from '@/features/plans/PlanActions.vue'
import { usePlan } from '@/features/plans/use-plan'
import { usePlans } from '@/stores/plans'

const running: PlanSummary = {
  ...{ id: 'p', title: 'Delete 40 rules on Acme', server: { id: 'a', name: 'Acme' }, source: { kind: 'delete' } },
  ...{ resources: ['ip-rules'], user: 'tech', at: '2026-11-24T15:30:00.000Z', updatedAt: '2026-11-24T15:30:00.000Z' },
  ...{ state: 'applying', steps: 40, counts: { ...emptyCounts, done: 12, sending: 4, waiting: 24 } },
  ...{ retryable: 0, differing: 0 },
}

let calls: string[] = []
beforeEach(() => {
  calls = []
  const never = new Promise(() => undefined)
  const nameOf = (channel: string, { held }: { held?: boolean }) =>
    held === undefined ? channel : `${channel} ${held}`
  const call = new Proxy(
    {},
    { get: (_, channel) => (args: { held?: boolean }) => (calls.push(nameOf(String(channel), args)), never) },
  )
  const on = new Proxy({}, { get: () => () => () => undefined })
  vi.stubGlobal('fleet', { call, on })
  setActivePinia(createPinia())
})
afterEach(() => {
  vi.restoreAllMocks()
  document.body.replaceChildren()
})

function actions() {
  const routes = [{ path: '/', component: PlanActions }]
  const router = createRouter({ history: createMemoryHistory(), routes })
  const run = usePlan(running)
  mount(PlanActions, { props: { run }, global: { plugins: [router] }, attachTo: document.body })
}
const button = (name: string) =>
  [...document.querySelectorAll('button')].find(({ textContent }) => textContent.trim() === name)
const press = async (name: string): Promise<void> => {
  button(name)?.click()
  await flushPromises()
}
const dialog = () => document.querySelector('dialog')

it('Cancel asks first, and shows what stays applied and what will not be sent; no step starts meanwhile', async () => {
  actions()
  await press('Cancel')
  expect(calls).toEqual(['plans:hold true'])
  expect(dialog()?.textContent).toContain('Cancel this plan?')
  expect([...document.querySelectorAll('dialog li')].map(({ textContent }) => textContent)).toEqual([
    '12 changes stay applied.',
    '4 changes are in progress and will be completed.',
    '24 changes will not be sent.',
  ])
  await press('Back')
  expect(dialog()).toBeNull()
  expect(calls.splice(0)).toEqual(['plans:hold true', 'plans:hold false'])
  await press('Cancel')
  await press('Cancel plan')
  expect(calls).toEqual(['plans:hold true', 'plans:cancel', 'plans:hold false'])
  expect(dialog()).toBeNull()
})

it('a plan that ends meanwhile has nothing left to cancel', async () => {
  actions()
  await press('Cancel')
  usePlans().accept({ ...running, state: 'finished', counts: { ...emptyCounts, done: 40 } })
  await flushPromises()
  expect(dialog()?.textContent).toContain('There is nothing left to cancel.')
  expect(button('Cancel plan')?.getAttribute('aria-disabled')).toBe('true')
})

it('every action keeps its place in every state, and does nothing where it does not apply', async () => {
  actions()
  const places = () =>
    [...document.querySelectorAll<HTMLButtonElement>('.row button')].map((button) => ({
      action: button.textContent.replace(/ \(.*/, ''),
      disabled: button.getAttribute('aria-disabled') === 'true',
    }))
  const enabled = () => places().flatMap(({ action, disabled }) => (disabled ? [] : action))
  const names = ['Save result…', 'Revert…', 'Check now', 'Retry', 'Save plan as file…', 'Cancel', 'Pause', 'Resume']
  const at = async (more: Partial<PlanSummary>) => {
    usePlans().accept({ ...running, ...more })
    await flushPromises()
    expect(
      places()
        .map(({ action }) => action)
        .slice(0, -1),
    ).toEqual(names)
    return enabled()
  }
  expect(await at({})).toEqual(['Cancel', 'Pause', 'Continue in background'])
  expect(await at({ stopping: 'pause' })).toEqual(['Cancel', 'Continue in background'])
  const counts = { ...emptyCounts, done: 12, unknown: 4, waiting: 24 }
  expect(await at({ state: 'paused', counts })).toEqual(['Check now', 'Cancel', 'Resume', 'Close'])
  const ended = { ...emptyCounts, done: 16, notSent: 24 }
  const canceled = await at({ state: 'canceled', counts: ended, retryable: 24 })
  expect(canceled).toEqual(['Save result…', 'Revert…', 'Retry', 'Save plan as file…', 'Close'])
})
