import { nextTick } from 'vue'

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

/** The control that has the focus, and the areas around it, nearest first: a removed element has no parents. */
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

/** Once a panel is closed, the control that opened it has the focus again. If that is gone, the table gets it. */
export async function returnFocus(table: () => { focus(): void } | null): Promise<void> {
  await nextTick()
  if (hasNone()) table()?.focus()
}

/** The platform takes the focus from such a control with the next frame. */
const losesFocus = (control: Element): boolean => control.matches(':disabled') || control.closest('[hidden]') !== null

/**
 * Keeps the focus in the page: if the control that has it is removed, hidden or disabled, the nearest area around it
 * that is left gets it, before the next frame. What a component focuses then goes first. A click on an empty place is
 * not a loss.
 */
export function keepFocus(): void {
  let focused: Focused | undefined

  function restore({ areas: around }: Focused): void {
    const modal = [...document.querySelectorAll<HTMLElement>('dialog:modal')].at(-1)
    const left = around.filter((area) => isUsable(area) && (!modal || modal.contains(area)))
    for (const area of [...left, modal, document.querySelector<HTMLElement>('main')]) {
      if (!area) continue
      focusArea(area)
      if (document.activeElement === area) return
    }
  }

  /** Called for every change of the page, so that it looks at nothing but the focus unless that is lost. */
  function check(): void {
    if (!focused) return
    const { control } = focused
    const isNowhere = hasNone()
    if (!isNowhere && (document.activeElement !== control || !losesFocus(control))) return
    const lost = focused
    focused = undefined
    if (isNowhere && isUsable(control) && !control.matches(':disabled')) return
    restore(lost)
    // A dialog that is about to close still keeps everything else from the focus.
    if (hasNone()) focused = lost
  }

  document.addEventListener('focusin', ({ target }) => {
    if (target instanceof Element && target !== document.body) focused = { control: target, areas: areasAround(target) }
  })
  // A control may be hidden by its style alone, of which there is only this event.
  document.addEventListener('focusout', () => requestAnimationFrame(check))
  // There is no event when the control that has the focus is removed.
  new MutationObserver(check).observe(document.body, {
    ...{ childList: true, subtree: true, attributes: true, attributeFilter: ['disabled', 'hidden'] },
  })
}
