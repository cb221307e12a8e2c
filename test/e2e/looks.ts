import type { Page } from 'playwright'
import { settled } from './layout'

/** Texts that end with “…” and are in no tooltip while the pointer is on them. */
export async function clippedTexts(page: Page): Promise<readonly string[]> {
  await settled(page)
  return page.evaluate(() => {
    const plain = (text: string) => text.replaceAll(/\s+/g, ' ').trim()
    return [...document.querySelectorAll<HTMLElement>('body *')]
      .filter((element) => element.checkVisibility({ visibilityProperty: true }) && element.textContent.trim() !== '')
      .filter((element) => {
        const { textOverflow, webkitLineClamp } = getComputedStyle(element)
        const isLarger = element.scrollWidth > element.clientWidth || element.scrollHeight > element.clientHeight
        return isLarger && (textOverflow === 'ellipsis' || webkitLineClamp !== 'none')
      })
      .filter((element) => {
        const inner = element.querySelector('bdi, span') ?? element
        inner.dispatchEvent(new PointerEvent('pointerover', { bubbles: true }))
        const titles: string[] = []
        for (let at = inner.closest<HTMLElement>('[title]'); at; at = at.parentElement?.closest('[title]') ?? null)
          titles.push(plain(at.title))
        return !titles.some((title) => title.includes(plain(element.textContent)))
      })
      .map((element) => element.outerHTML.slice(0, 160))
  })
}

/** Bordered controls that neither their border nor their surface sets off from what is around them with 3:1 (WCAG 1.4.11). */
export async function faintControls(page: Page): Promise<readonly string[]> {
  await settled(page)
  return page.evaluate(() => {
    type Color = readonly [red: number, green: number, blue: number, alpha: number]
    const canvas = new OffscreenCanvas(1, 1).getContext('2d', { willReadFrequently: true })
    const colorOf = (css: string): Color => {
      canvas?.clearRect(0, 0, 1, 1)
      if (canvas) canvas.fillStyle = css
      canvas?.fillRect(0, 0, 1, 1)
      const [red = 0, green = 0, blue = 0, alpha = 0] = canvas?.getImageData(0, 0, 1, 1).data ?? []
      return [red, green, blue, alpha / 255]
    }
    const over = (top: Color, below: Color): Color => {
      const mixed = (at: 0 | 1 | 2) => top[at] * top[3] + below[at] * (1 - top[3])
      return [mixed(0), mixed(1), mixed(2), 1]
    }
    const surface = (element: Element | null): Color =>
      element === null
        ? [255, 255, 255, 1]
        : over(colorOf(getComputedStyle(element).backgroundColor), surface(element.parentElement))
    const luminance = (color: Color): number => {
      const linear = (at: 0 | 1 | 2) => {
        const channel = color[at] / 255
        return channel <= 0.040_45 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4
      }
      return 0.2126 * linear(0) + 0.7152 * linear(1) + 0.0722 * linear(2)
    }
    const contrast = (one: Color, other: Color): number => {
      const [dark = 0, light = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b)
      return (light + 0.05) / (dark + 0.05)
    }
    const controls = 'button, a.btn, select, textarea, input:not([type=checkbox], [type=radio], [type=file])'
    return [...document.querySelectorAll(controls)]
      .filter((element) => element.checkVisibility({ visibilityProperty: true, opacityProperty: true }))
      .filter((element) => !element.matches(':disabled, [aria-disabled=true]') && !element.closest('.visually-hidden'))
      .flatMap((element) => {
        const { borderTopStyle, borderTopWidth, borderTopColor } = getComputedStyle(element)
        const border = colorOf(borderTopColor)
        const isBordered = borderTopStyle !== 'none' && Number.parseFloat(borderTopWidth) > 0 && border[3] > 0
        if (!isBordered) return []
        const around = surface(element.parentElement)
        const best = Math.max(contrast(over(border, around), around), contrast(surface(element), around))
        return best < 3 ? [`${best.toFixed(2)}:1 ${element.outerHTML.slice(0, 140)}`] : []
      })
  })
}
