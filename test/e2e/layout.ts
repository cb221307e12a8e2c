import type { CDPSession, Page } from 'playwright'
import { expect } from 'playwright/test'

declare global {
  interface Window {
    fleetBoxes?: ReadonlyMap<Element, string>
  }
}

/** The sizes of a small laptop's window and of the smallest one. */
export const windowSizes = [
  { width: 1280, height: 720 },
  { width: 900, height: 600 },
] as const

/** The smallest window at a zoom of 200 %, or the screen of a small laptop. */
export const lowWindow = { width: 640, height: 360 } as const

const resizing = new WeakMap<Page, CDPSession>()

/** Gives the page a size until `restoreSize`. Playwright's own sizes remain as long as the page. */
export async function resize(page: Page, size: { readonly width: number; readonly height: number }): Promise<void> {
  const session = resizing.get(page) ?? (await page.context().newCDPSession(page))
  resizing.set(page, session)
  await session.send('Emulation.setDeviceMetricsOverride', { ...size, deviceScaleFactor: 0, mobile: false })
}

/** Gives the page the size of its window again. */
export async function restoreSize(page: Page): Promise<void> {
  const session = resizing.get(page)
  resizing.delete(page)
  await session?.send('Emulation.clearDeviceMetricsOverride')
  await session?.detach()
}

/** What is drawn now is where it stays. */
export const settled = (page: Page): Promise<void> =>
  page.evaluate(async () => {
    for (let frames = 0; frames < 3; frames++) await new Promise(requestAnimationFrame)
    await Promise.allSettled(document.getAnimations().map(({ finished }) => finished))
  })

/** Notes where each row and control of the page is. */
export async function noteBoxes(page: Page): Promise<void> {
  await settled(page)
  await page.evaluate(() => {
    const elements = document.querySelectorAll(
      '[role=row], [role=gridcell], [role=grid], [role=treegrid], button, input, select, textarea, a, h1, h2',
    )
    const isShown = (element: Element) =>
      !element.matches('.visually-hidden') &&
      element.checkVisibility({ visibilityProperty: true, opacityProperty: true })
    const box = (element: Element) => JSON.stringify(element.getBoundingClientRect())
    window.fleetBoxes = new Map([...elements].filter(isShown).map((element) => [element, box(element)]))
  })
}

/** Fails with what has moved or changed its size since the boxes were noted; what was hidden meanwhile does not count. */
export async function expectNothingMoved(page: Page): Promise<void> {
  await settled(page)
  const moved = await page.evaluate(() =>
    [...(window.fleetBoxes ?? [])]
      .filter(([element]) => element.isConnected && element.checkVisibility({ visibilityProperty: true }))
      .map(([element, before]) => ({ element, before, after: JSON.stringify(element.getBoundingClientRect()) }))
      .filter(({ before, after }) => before !== after)
      .map(({ element, before, after }) => `${element.outerHTML.slice(0, 120)}: ${before} -> ${after}`),
  )
  expect(moved).toEqual([])
}

/** What lies outside its container sideways, or makes it scroll sideways; tables scroll in their own frame. */
export async function overflows(page: Page, root: string): Promise<readonly string[]> {
  await settled(page)
  return page.evaluate((selector) => {
    const clips = (element: Element) => getComputedStyle(element).overflowX !== 'visible'
    const container = (element: Element): Element | null => {
      let parent = element.parentElement
      while (parent !== null && !clips(parent)) parent = parent.parentElement
      return parent
    }
    const name = (element: Element) => element.outerHTML.slice(0, 160).replaceAll(/\s+/g, ' ')
    const mayScroll = (element: Element) =>
      element.closest('[role=grid], pre, textarea, input, .ellipsis, .visually-hidden') !== null
    return [...document.querySelectorAll(`${selector}, ${selector} *`)]
      .filter((element) => element.checkVisibility({ visibilityProperty: true }) && !mayScroll(element))
      .flatMap((element) => {
        const found: string[] = []
        const scrolls = /auto|scroll/.test(getComputedStyle(element).overflowX)
        if (scrolls && element.scrollWidth > element.clientWidth + 1)
          found.push(`scrolls sideways by ${element.scrollWidth - element.clientWidth}: ${name(element)}`)
        const outer = container(element)?.getBoundingClientRect()
        const box = element.getBoundingClientRect()
        const isControl = element.matches('button, input, select, textarea, a, label, p, li')
        if (isControl && outer && (box.right > outer.right + 1 || box.left < outer.left - 1))
          found.push(`out of its container: ${name(element)}`)
        return found
      })
  }, root)
}
