import { effectScope } from 'vue'
import { describe, expect, it } from 'vitest'
import { useLatestRequest } from '@/composables/latest-request'

function requests() {
  const scope = effectScope()
  return { ...scope.run(useLatestRequest)!, stop: () => scope.stop() }
}

describe('the latest of several requests', () => {
  it('counts, an earlier one does not', () => {
    const { start } = requests()
    const first = start()
    expect(first()).toBe(true)
    const second = start()
    expect([first(), second()]).toEqual([false, true])
  })
  it('does not count after it was canceled or its scope ended', () => {
    const { start, cancel, stop } = requests()
    const canceled = start()
    cancel()
    const ended = start()
    expect([canceled(), ended()]).toEqual([false, true])
    stop()
    expect(ended()).toBe(false)
  })
})
