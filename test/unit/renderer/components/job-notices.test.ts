import { flushPromises, mount } from '@vue/test-utils'
import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, expect, it, vi } from 'vitest'
import { createMemoryHistory, createRouter } from 'vue-router'
import { emptyCounts, type PlanSummary } from '@shared/domain/plan'
import { defineComponent } from 'vue'
import { useJobNotices } from '@/features/shell/use-job-notices'
import { usePlans } from '@/stores/plans'

const planOf = (id: string, title: string): PlanSummary => ({
  ...{ id, title, server: { id: 'a', name: 'Acme' }, source: { kind: 'import', file: 'rules.csv' } },
  ...{ resources: ['ip-rules'], user: 'tech', at: '2026-11-24T15:30:00.000Z', updatedAt: '2026-11-24T15:30:00.000Z' },
  ...{ state: 'applying', steps: 2, counts: { ...emptyCounts, sending: 2 }, retryable: 0, differing: 0 },
})

beforeEach(() => {
  const call = new Proxy({}, { get: () => () => new Promise(() => undefined) })
  vi.stubGlobal('fleet', { call, on: new Proxy({}, { get: () => () => () => undefined }) })
  setActivePinia(createPinia())
})

it('the result of a plan is a notification, unless it is shown anyway', async () => {
  const shell = defineComponent({ setup: useJobNotices, render: () => null })
  const router = createRouter({ history: createMemoryHistory(), routes: [{ path: '/', component: shell }] })
  const bar = mount(shell, { global: { plugins: [router] } })
  const plans = usePlans()
  const finish = (plan: PlanSummary) => {
    plans.accept(plan)
    plans.accept({ ...plan, state: 'finished', counts: { ...emptyCounts, done: 2 } })
  }
  const close = plans.show('shown')
  finish(planOf('shown', 'Import of an open panel'))
  close()
  finish(planOf('hidden', 'Import in the background'))
  await vi.dynamicImportSettled()
  await flushPromises()
  const notices = [...document.querySelectorAll('.n-notification')].map(({ textContent }) => textContent).join('\n')
  expect(notices).toContain('Import in the background: finished')
  expect(notices).not.toContain('Import of an open panel')
  bar.unmount()
})
