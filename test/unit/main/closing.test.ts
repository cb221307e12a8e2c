import { expect, test } from 'vitest'
import { askBeforeClosing } from '@main/services/closing'

type Listener = (event: { preventDefault: () => void }) => void

function closable(running: () => number, answers: readonly (number | Error)[]) {
  const asked: string[] = []
  let pauses = 0
  let listener: Listener = () => undefined
  let isOpen = true
  const window = {
    on: (_event: 'close', added: Listener) => void (listener = added),
    isDestroyed: () => !isOpen,
    close: () => {
      let isPrevented = false
      listener({ preventDefault: () => (isPrevented = true) })
      if (!isPrevented) isOpen = false
    },
  }
  askBeforeClosing(window, {
    running: () => ({ count: running, pause: () => void pauses++ }),
    ask: async (message) => {
      const answer = answers[asked.push(message) - 1]
      if (answer instanceof Error) throw answer
      return answer ?? 1
    },
  })
  return { window, asked, isOpen: () => isOpen, pauses: () => pauses }
}

test('the window closes without a question if nothing is applied', () => {
  const on = closable(() => 0, [])
  on.window.close()
  expect(on.isOpen()).toBe(false)
  expect(on.asked).toEqual([])
})

test('while plans are applied it stays open, asks once, and closes when the user quits', async () => {
  const on = closable(() => 2, [1, 0])
  on.window.close()
  on.window.close()
  await expect.poll(() => on.asked).toEqual(['2 plans are being applied. Quit PBX Fleet?'])
  expect(on.isOpen()).toBe(true)
  await Promise.resolve()
  on.window.close()
  await expect.poll(() => on.isOpen()).toBe(false)
  expect(on.asked).toHaveLength(2)
  // Nothing else is sent after the user quit.
  expect(on.pauses()).toBe(1)
})

test('it closes if the question cannot be asked', async () => {
  const on = closable(() => 1, [new Error('no dialog')])
  on.window.close()
  await expect.poll(() => on.isOpen()).toBe(false)
  expect(on.asked).toEqual(['1 plan is being applied. Quit PBX Fleet?'])
})
