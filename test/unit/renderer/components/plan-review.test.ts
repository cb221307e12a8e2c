import { flushPromises, mount } from '@vue/test-utils'
import { createPinia, setActivePinia } from 'pinia'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { createMemoryHistory, createRouter } from 'vue-router'
import { emptyCounts, type PlanPreview } from '@shared/domain/plan'
import PlanReview from '@/features/plans/PlanReview.vue'

const preview: PlanPreview = {
  ...{ id: 'p', title: 'Revert 1 change on Acme', server: { id: 'a', name: 'Acme' }, source: { kind: 'revert' } },
  ...{ resources: ['ip-rules'], user: 'tech', at: '2026-11-24T15:30:00.000Z', updatedAt: '2026-11-24T15:30:00.000Z' },
  ...{ state: 'ready', steps: 1, counts: { ...emptyCounts, waiting: 1 }, retryable: 0, differing: 0 },
  ...{ guards: [], warnings: [] },
}

beforeEach(() => {
  const call = new Proxy({}, { get: () => () => new Promise(() => undefined) })
  const on = new Proxy({}, { get: () => () => () => undefined })
  vi.stubGlobal('fleet', { call, on })
  setActivePinia(createPinia())
})
afterEach(() => {
  vi.restoreAllMocks()
  document.body.replaceChildren()
})

async function noteOf(shown: PlanPreview): Promise<string | undefined> {
  const router = createRouter({ history: createMemoryHistory(), routes: [{ path: '/', component: PlanReview }] })
  const props = { open: () => Promise.resolve({ ok: true as const, value: shown }), apply: 'Revert', action: 'Revert' }
  const review = mount(PlanReview, { props, global: { plugins: [router] }, attachTo: document.body })
  await flushPromises()
  const note = review.find('[data-testid=canceled-out]')
  const text = note.exists() ? note.text().replace(/\s+/g, ' ') : undefined
  review.unmount()
  return text
}

it('a preview shows how many changes are left out because they cancel each other out', async () => {
  expect(await noteOf({ ...preview, canceledOut: 3 })).toBe(
    'Left out: 3 changes that cancel each other out, such as a record that was created and deleted.',
  )
  expect(await noteOf(preview)).toBeUndefined()
})
