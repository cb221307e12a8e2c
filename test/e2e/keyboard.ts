import type { Page } from 'playwright'
import { expect } from 'playwright/test'

/** What a screen reader would call the focused element, by its visible texts; a grid is called that. */
const focusedName = (page: Page): Promise<string> =>
  page.evaluate(() => {
    const at = document.activeElement
    if (!(at instanceof HTMLElement) || at === document.body) return ''
    if (at.getAttribute('role') === 'grid' || at.getAttribute('role') === 'treegrid') return 'grid'
    const labels = at instanceof HTMLInputElement ? Array.from(at.labels ?? [], ({ innerText }) => innerText) : []
    return [at.getAttribute('aria-label') ?? '', ...labels, at.innerText].join(' ').trim()
  })

/** Presses Tab until the focused element is called this. */
export async function tabTo(page: Page, name: RegExp): Promise<void> {
  const passed: string[] = []
  for (let presses = 0; presses < 90; presses++) {
    const label = await focusedName(page)
    if (name.test(label)) return
    passed.push(label.slice(0, 30))
    await page.keyboard.press('Tab')
  }
  throw new Error(`Tab never reaches ${String(name)}, only ${passed.join(' | ')}`)
}

/** Presses the arrow down until this option of a list is the active one. */
export async function toOption(page: Page, name: RegExp): Promise<void> {
  const option = page.getByRole('option', { name })
  for (let presses = 0; presses < 30; presses++) {
    if ((await option.first().getAttribute('aria-selected')) === 'true') return
    await page.keyboard.press('ArrowDown')
  }
  throw new Error(`The arrows never reach ${String(name)}`)
}

export interface FocusRecord {
  /** Fails if the focus was on nothing in any frame since the last call. */
  readonly expectKept: (after: string) => Promise<void>
}

/** Watches every frame, because the platform sends no event when it takes the focus from a removed control. */
export async function recordFocusLosses(page: Page): Promise<FocusRecord> {
  await page.evaluate(() => {
    const losses: string[] = []
    Object.assign(window, { focusLosses: losses })
    let last = 'the start'
    // Tab on the last control leaves the page, and the program hands the focus back to the first one, a frame later or not.
    let isLeaving = false
    addEventListener('keydown', ({ key }) => (isLeaving = key === 'Tab'), { capture: true })
    addEventListener('focusin', () => (isLeaving = false), { capture: true })
    const look = (): void => {
      const at = document.activeElement
      if (at && at !== document.body) {
        last = at.outerHTML.slice(0, 120)
      } else if (last !== 'the start' && !isLeaving) losses.push(last)
      requestAnimationFrame(look)
    }
    look()
  })
  return {
    async expectKept(after) {
      const losses = await page.evaluate(
        () =>
          new Promise<string[]>((resolve) => {
            // Two frames, so that the last step was looked at, too.
            requestAnimationFrame(() =>
              requestAnimationFrame(() =>
                requestAnimationFrame(() =>
                  resolve([
                    ...(window as unknown as { focusLosses: string[] }).focusLosses.splice(0),
                    ...(document.activeElement === document.body ? ['nothing has the focus'] : []),
                  ]),
                ),
              ),
            )
          }),
      )
      expect(losses, `the focus was lost after ${after}, from`).toEqual([])
    },
  }
}
