import { effectScope } from 'vue'
import { describe, expect, it, vi } from 'vitest'
import { useNow } from '@/composables/time'

const now = Date.parse('2026-11-24T10:00:00Z')

describe('useNow', () => {
  it('advances each second until its scope ends', () => {
    vi.useFakeTimers({ now })
    const scope = effectScope()
    const present = scope.run(() => useNow())
    vi.advanceTimersByTime(3000)
    expect(present?.value).toBe(now + 3000)
    scope.stop()
    expect(vi.getTimerCount()).toBe(0)
    vi.useRealTimers()
  })
})
