import type { ObjectDirective } from 'vue'
import { announce } from './announce'

/** True while a button does nothing, for example because its request is under way; or the reason for it. */
type Off = boolean | string | undefined

const reasons = new WeakMap<HTMLElement, string>()

const isOff = (button: HTMLElement): boolean => button.getAttribute('aria-disabled') === 'true'

/** Before the listeners of the component. Enter in a form clicks its submit button, so that this stops it, too. */
function stopIfOff(event: Event): void {
  const button = event.currentTarget as HTMLElement
  if (!isOff(button)) return
  event.preventDefault()
  event.stopImmediatePropagation()
  announce(reasons.get(button) ?? '')
}

function show(button: HTMLElement, value: Off): void {
  const off = value !== undefined && value !== false && value !== ''
  if (off) button.setAttribute('aria-disabled', 'true')
  else button.removeAttribute('aria-disabled')
  if (typeof value === 'string' && off) {
    reasons.set(button, value)
    button.title = value
  } else if (reasons.delete(button)) button.removeAttribute('title')
}

/**
 * Disables a button without `disabled`, which would take the focus away from it: the keyboard user who pressed it would
 * start at the top of the page again. A reason is its tooltip, and is announced if the button is pressed.
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
    const name = button.ariaLabel ?? button.innerText.trim()
    announce(`${name}: in progress`)
  },
}

declare module 'vue' {
  interface GlobalDirectives {
    vOff: ObjectDirective<HTMLElement, Off>
  }
}
