/** An element under the pointer is clipped by one of its nearest parents, if at all. */
const levels = 5

/** Whether the element shows its text only in part, ending with “…”. */
function isClipped(element: HTMLElement): boolean {
  const isLarger = element.scrollWidth > element.clientWidth || element.scrollHeight > element.clientHeight
  if (!isLarger) return false
  const { textOverflow, webkitLineClamp } = getComputedStyle(element)
  return textOverflow === 'ellipsis' || Number.parseInt(webkitLineClamp, 10) > 0
}

function nearest(from: EventTarget | null): HTMLElement[] {
  const elements: HTMLElement[] = []
  for (let at = from; at instanceof HTMLElement && elements.length < levels; at = at.parentElement) elements.push(at)
  return elements
}

/** What the component set, and what is shown in its place. */
interface Tooltip {
  readonly own: string
  readonly whole: string
}

/** A text that is clipped is in its tooltip while the pointer is on it, above what the tooltip has without it. */
export function showWholeTexts(): void {
  const tooltips = new WeakMap<HTMLElement, Tooltip>()
  const ownOf = (element: HTMLElement): string => {
    const tooltip = tooltips.get(element)
    return tooltip?.whole === element.title ? tooltip.own : element.title
  }
  const show = (element: HTMLElement): void => {
    const text = element.textContent.replaceAll(/\s+/g, ' ').trim()
    const own = ownOf(element)
    const below = own === '' ? (element.parentElement?.closest<HTMLElement>('[title]')?.title ?? '') : own
    if (below.includes(text)) return
    element.title = below === '' ? text : `${text}\n${below}`
    tooltips.set(element, { own, whole: element.title })
  }
  const restore = (element: HTMLElement): void => {
    const own = ownOf(element)
    tooltips.delete(element)
    if (own === '') element.removeAttribute('title')
    else element.title = own
  }
  document.addEventListener('pointerover', ({ target }) => {
    for (const element of nearest(target)) {
      if (isClipped(element)) return show(element)
      if (tooltips.has(element)) restore(element)
    }
  })
}
