let region: HTMLElement | undefined
let pending: readonly string[] = []

/** Behind an open modal dialog everything is inert, live regions included. */
const host = (): Element => [...document.querySelectorAll('dialog:modal')].at(-1) ?? document.body

function createRegion(): HTMLElement {
  const created = document.createElement('div')
  created.className = 'visually-hidden'
  created.dataset['testid'] = 'announcements'
  created.setAttribute('role', 'status')
  return created
}

/** Lets screen readers say a text that has no place of its own on the page, or is not where the focus is. */
export function announce(text: string): void {
  const isFirst = pending.length === 0
  if (text !== '') pending = [...pending.filter((other) => other !== text), text]
  if (!isFirst || text === '') return
  region ??= createRegion()
  const parent = host()
  if (region.parentElement !== parent) parent.append(region)
  // Emptied first: a region that is new, or that has the same text already, would stay silent.
  region.textContent = ''
  requestAnimationFrame(() => {
    if (region) region.textContent = pending.join('. ')
    pending = []
  })
}
