import type { ObjectDirective } from 'vue'
import { announce } from './announce'

/** True while the request of a button is under way; otherwise the reason why it does nothing. */
type Off = boolean | string | undefined

/** The reason of a button that is off, and the title that it had. */
const reasons = new WeakMap<HTMLElement, { readonly reason: string; readonly title: string }>()

const isOff = (button: HTMLElement): boolean => button.getAttribute('aria-disabled') === 'true'

/** Before the listeners of the component. Enter in a form clicks its submit button, so that this stops it, too. */
function stopIfOff(event: Event): void {
  const button = event.currentTarget as HTMLElement
  if (!isOff(button)) return
  event.preventDefault()
  event.stopImmediatePropagation()
  announce(reasons.get(button)?.reason ?? '')
}

function setTitle(button: HTMLElement, title: string): void {
  if (title === '') button.removeAttribute('title')
  else if (button.title !== title) button.title = title
}

function show(button: HTMLElement, value: Off): void {
  const off = value !== undefined && value !== false && value !== ''
  if (off) button.setAttribute('aria-disabled', 'true')
  else button.removeAttribute('aria-disabled')
  const before = reasons.get(button)
  // Vue may have set another title since.
  const title = before !== undefined && button.title === before.reason ? before.title : button.title
  if (off) {
    const reason = value === true ? 'In progress' : value
    reasons.set(button, { reason, title })
    setTitle(button, reason)
  } else if (reasons.delete(button)) setTitle(button, title)
}

/** The text of a button or the label of a check box, which often says what is under way: "Saving…". */
function busyText(button: HTMLElement): string {
  const label = button instanceof HTMLInputElement ? button.labels?.[0] : undefined
  const name = button.ariaLabel ?? (label ?? button).textContent.trim()
  return name.endsWith('…') ? name : `${name}: in progress`
}

/**
 * Disables a button, check box or radio button without `disabled`, which would take the focus away from it: the keyboard
 * user who pressed it would start at the top of the page again. A reason is its tooltip, and is announced if it is
 * pressed.
 */
export const off: ObjectDirective<HTMLElement, Off> = {
  mounted(button, { value }) {
    button.addEventListener('click', stopIfOff, true)
    show(button, value)
  },
  updated(button, { value }) {
    const wasOff = isOff(button)
    show(button, value)
    if (value !== true || wasOff || document.activeElement !== button) return
    announce(busyText(button))
  },
}

declare module 'vue' {
  interface GlobalDirectives {
    vOff: ObjectDirective<HTMLElement, Off>
  }
}
