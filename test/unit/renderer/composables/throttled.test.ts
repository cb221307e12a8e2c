import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { effectScope, ref } from 'vue'
import { useThrottled } from '@/composables/throttled'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

it('is computed once at first, then once for all changes of an interval, and no more after its end', () => {
  const scope = effectScope()
  const source = ref(1)
  let times = 0
  const value = scope.run(() =>
    useThrottled(() => {
      times += 1
      return source.value * 10
    }, 100),
  )
  expect([value?.value, times]).toEqual([10, 1])
  for (let n = 2; n < 50; n++) source.value = n
  expect([value?.value, times]).toEqual([10, 1])
  vi.advanceTimersByTime(100)
  expect([value?.value, times]).toEqual([490, 2])
  source.value = 7
  scope.stop()
  vi.advanceTimersByTime(1000)
  expect(times).toBe(2)
})
