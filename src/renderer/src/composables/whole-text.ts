/** An element around the pointer is clipped by one of its nearest parents, if at all. */
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

/** A text that is clipped is in its tooltip while the pointer is on it, unless a tooltip has it already. */
export function showWholeTexts(): void {
  const ours = new WeakSet<HTMLElement>()
  document.addEventListener('pointerover', ({ target }) => {
    for (const element of nearest(target)) {
      if (element.title !== '' && !ours.has(element)) return
      if (isClipped(element)) {
        const text = element.textContent.replaceAll(/\s+/g, ' ').trim()
        const outer = element.parentElement?.closest<HTMLElement>('[title]')?.title ?? ''
        if (outer.includes(text)) return
        element.title = outer === '' ? text : `${text}\n${outer}`
        ours.add(element)
        return
      }
      if (ours.delete(element)) element.removeAttribute('title')
    }
  })
}
