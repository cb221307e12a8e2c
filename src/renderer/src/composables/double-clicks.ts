const controls = 'button, a, input, select, textarea, summary, [role]'

/** The control that a click operates; a label operates its input. */
function controlOf(target: EventTarget | null): Element | null {
  if (!(target instanceof Element)) return null
  return target.closest('label')?.control ?? target.closest(controls)
}

/**
 * The second click of a double click counts only on the control that the first one was on: a control that has appeared
 * under the pointer meanwhile was not meant.
 */
export function guardDoubleClicks(): void {
  let first: Element | null = null
  window.addEventListener(
    'click',
    (event) => {
      const control = controlOf(event.target)
      if (event.detail > 1 && control !== null && control !== first) {
        event.preventDefault()
        event.stopImmediatePropagation()
      } else first = control
    },
    { capture: true },
  )
}
