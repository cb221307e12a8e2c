import { onScopeDispose, type Ref } from 'vue'
import { useLinkQuery } from './link-query'

const controls = ':is(input, select, textarea, button, [tabindex="0"]):not(:disabled)'

/**
 * Moves the focus to the field that a link or the palette names, as soon as the page shows it, unless the user does something else
 * first. `onField` is called before.
 */
export function useFieldLink(page: Readonly<Ref<HTMLElement | null>>, onField?: (key: string) => void): void {
  let stop = (): void => undefined

  function focus(key: string): boolean {
    const control = page.value?.querySelector<HTMLElement>(`[data-field="${CSS.escape(key)}"] ${controls}`)
    if (!control) return false
    control.scrollIntoView({ block: 'center' })
    control.focus({ preventScroll: true })
    return true
  }

  function focusWhenShown(key: string): void {
    stop()
    if (focus(key)) return
    const observer = new MutationObserver(() => focus(key) && stop())
    observer.observe(document.body, { childList: true, subtree: true })
    const events = ['pointerdown', 'keydown'] as const
    stop = () => {
      observer.disconnect()
      for (const event of events) window.removeEventListener(event, stop, true)
    }
    for (const event of events) window.addEventListener(event, stop, true)
  }

  useLinkQuery(({ field }) => {
    if (typeof field !== 'string') return
    onField?.(field)
    focusWhenShown(field)
  })
  onScopeDispose(() => stop())
}
