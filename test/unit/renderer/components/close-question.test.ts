import { afterEach, expect, it, vi } from 'vitest'
import { effectScope } from 'vue'
import { useCloseQuestion } from '@/composables/close-question'

const scope = effectScope()
afterEach(() => scope.stop())

/** Tries to close the window; returns whether it stays open. */
const isKept = (): boolean => !window.dispatchEvent(new Event('beforeunload', { cancelable: true }))

it('several questions are asked one after the other, and the window closes after the last response', async () => {
  const close = vi.spyOn(window, 'close').mockImplementation(() => void (isKept() || closed.push('closed')))
  const closed: string[] = []
  const asked: string[] = []
  const answers: ((isDiscarded: boolean) => void)[] = []
  const unsaved = new Set(['import', 'form'])
  scope.run(() => {
    for (const name of ['import', 'form', 'saved'])
      useCloseQuestion(
        () => unsaved.has(name),
        () => {
          asked.push(name)
          return new Promise((resolve) => answers.push(resolve))
        },
      )
  })

  expect(isKept()).toBe(true)
  // Another attempt while the question is open asks nothing else.
  expect(isKept()).toBe(true)
  expect(asked).toEqual(['import'])
  answers[0]?.(true)
  await expect.poll(() => asked).toEqual(['import', 'form'])
  expect(closed).toEqual([])
  // What was not lost is asked about again.
  answers[1]?.(false)
  await expect.poll(() => isKept()).toBe(true)
  await expect.poll(() => asked).toEqual(['import', 'form', 'import'])
  answers[2]?.(true)
  await expect.poll(() => asked.length).toBe(4)
  answers[3]?.(true)
  await expect.poll(() => closed).toEqual(['closed'])
  close.mockRestore()
})
