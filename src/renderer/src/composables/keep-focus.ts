/** Where the focus may go when the control that had it is gone: an area that the user recognizes. */
const areas = 'dialog, main, nav, aside, section, form, fieldset, [role="grid"], [role="dialog"], [role="tabpanel"]'

const isUsable = (element: Element): boolean =>
  element.isConnected && element.checkVisibility() && element.closest('[inert]') === null

/** Focuses an area that is not focusable for as long as it has the focus. */
function focusArea(area: HTMLElement): void {
  if (!area.hasAttribute('tabindex')) {
    area.tabIndex = -1
    area.addEventListener('blur', () => area.removeAttribute('tabindex'), { once: true })
  }
  area.focus({ preventScroll: true })
}

/** The control that has the focus, and the areas around it, nearest first. They are remembered, since removed elements have no parents. */
interface Focused {
  readonly control: Element
  readonly areas: readonly HTMLElement[]
}

function areasAround(control: Element): HTMLElement[] {
  const around: HTMLElement[] = []
  for (let at = control.parentElement; at; at = at.parentElement) if (at.matches(areas)) around.push(at)
  return around
}

const hasNone = (): boolean => document.activeElement === document.body || document.activeElement === null

/**
 * Keeps the focus in the page: if the control that has it is removed, hidden or disabled, and nothing else gets the
 * focus in the same frame, the nearest area around it that is left gets it. A click on an empty place is not a loss.
 */
export function keepFocus(): () => void {
  let focused: Focused | undefined
  let frame = 0

  function restore(): void {
    frame = 0
    if (!hasNone() || !focused) return
    const { control, areas: around } = focused
    const isLost = !isUsable(control) || control.matches(':disabled')
    focused = undefined
    if (!isLost) return
    const modal = [...document.querySelectorAll<HTMLElement>('dialog:modal')].at(-1)
    const left = around.filter((area) => isUsable(area) && (!modal || modal.contains(area)))
    for (const area of [...left, modal, document.querySelector<HTMLElement>('main')]) {
      if (!area) continue
      focusArea(area)
      if (!hasNone()) return
    }
  }

  function check(): void {
    if (focused && frame === 0 && hasNone()) frame = requestAnimationFrame(restore)
  }

  const remember = ({ target }: Event): void => {
    if (target instanceof Element && target !== document.body) focused = { control: target, areas: areasAround(target) }
  }

  // The platform sends no event when it takes the focus from a control that is removed.
  const observer = new MutationObserver(check)
  observer.observe(document.body, {
    ...{ childList: true, subtree: true, attributes: true, attributeFilter: ['disabled', 'hidden', 'inert'] },
  })
  document.addEventListener('focusin', remember)
  document.addEventListener('focusout', check)
  return () => {
    observer.disconnect()
    document.removeEventListener('focusin', remember)
    document.removeEventListener('focusout', check)
    cancelAnimationFrame(frame)
  }
}
