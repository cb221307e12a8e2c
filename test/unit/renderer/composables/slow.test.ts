import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { effectScope, nextTick, shallowRef } from 'vue'
import { useSlow } from '@/composables/slow'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

it('is slow after its time, not before, and no longer once it has ended', async () => {
  const isSending = shallowRef(false)
  const scope = effectScope()
  const isSlow = scope.run(() => useSlow(isSending, 4000))
  isSending.value = true
  await nextTick()
  vi.advanceTimersByTime(3999)
  expect(isSlow?.value).toBe(false)
  vi.advanceTimersByTime(1)
  expect(isSlow?.value).toBe(true)
  isSending.value = false
  await nextTick()
  expect(isSlow?.value).toBe(false)
  isSending.value = true
  await nextTick()
  scope.stop()
  vi.advanceTimersByTime(5000)
  expect(isSlow?.value).toBe(false)
})
