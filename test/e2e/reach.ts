import type { Page } from 'playwright'
import { expect } from './fixtures'
import { lowWindow, resize, settled, windowSizes } from './layout'
import { clippedTexts } from './looks'

/** What a person cannot get at: a control that no scrolling brings into the window uncovered, or a column that its table does not show. */
async function outOfReach(page: Page): Promise<readonly string[]> {
  await settled(page)
  return page.evaluate(() => {
    const controls =
      'a[href], button, input, select, textarea, summary, [tabindex="0"], [role=option], [role=columnheader]'
    const name = (element: Element) => element.outerHTML.slice(0, 140).replaceAll(/\s+/g, ' ')
    const isShown = (element: Element) =>
      element.checkVisibility({ visibilityProperty: true }) &&
      element.closest('[inert], .visually-hidden, .skip') === null &&
      !element.matches('.visually-hidden, .skip, [type=file], [role=grid], [role=treegrid]')
    /** A person cannot scroll what does not show its overflow; a program can. */
    const scrolledByProgram = (element: Element): boolean => {
      for (let parent = element.parentElement; parent !== null; parent = parent.parentElement) {
        // The window itself shows no scroll bar, whatever its root element says.
        const { overflowX, overflowY } = getComputedStyle(parent === document.documentElement ? document.body : parent)
        if (parent.scrollLeft !== 0 && overflowX === 'hidden') return true
        if (parent.scrollTop !== 0 && overflowY === 'hidden') return true
      }
      return false
    }
    const problems: string[] = []
    const { scrollHeight, scrollWidth } = document.documentElement
    if (scrollHeight > innerHeight || scrollWidth > innerWidth)
      problems.push(`the page is larger than the window: ${scrollWidth}x${scrollHeight}`)
    for (const element of [...document.querySelectorAll<HTMLElement>(controls)].filter(isShown)) {
      element.scrollIntoView({ block: 'center', inline: 'center', behavior: 'instant' })
      if (scrolledByProgram(element)) problems.push(`no scroll bar leads to it: ${name(element)}`)
      const box = element.getBoundingClientRect()
      if (box.width === 0 || box.height === 0) continue
      if (box.left < -1 || box.right > innerWidth + 1 || box.top < -1 || box.top > innerHeight - 4) {
        problems.push(`outside the window: ${name(element)}`)
        continue
      }
      const [x, y] = [box.left + box.width / 2, Math.min(box.top + box.height / 2, innerHeight - 2)]
      const top = document.elementFromPoint(x, y)
      const label =
        element.closest('label') ?? (element.id === '' ? null : document.querySelector(`label[for="${element.id}"]`))
      const isHit = top !== null && (element.contains(top) || top.contains(element) || label?.contains(top) === true)
      if (!isHit) problems.push(`covered by ${top === null ? 'nothing' : name(top)}: ${name(element)}`)
    }
    for (const scroller of document.querySelectorAll('*')) scroller.scrollTo({ left: 0, top: 0, behavior: 'instant' })
    return problems
  })
}

/** Every control, column and text of the page can be reached in windows of the smallest sizes, and at a zoom of 200 %. */
export async function checkReach(page: Page, what: string): Promise<void> {
  for (const size of [...windowSizes, lowWindow]) {
    await resize(page, size)
    expect.soft(await outOfReach(page), `${what} at ${size.width}x${size.height}`).toEqual([])
    expect.soft(await clippedTexts(page), `texts of ${what} at ${size.width}x${size.height}`).toEqual([])
  }
}
