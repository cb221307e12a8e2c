import { computed, shallowRef, type ComputedRef } from 'vue'

/** Whether the pointer or the focus is in an area: then its rows keep their place. */
export function useInUse(): {
  readonly isUsed: ComputedRef<boolean>
  readonly listeners: { readonly [event: string]: (event: Event) => void }
} {
  const isPointed = shallowRef(false)
  const isFocused = shallowRef(false)
  const isWithin = (event: Event, node: EventTarget | null): boolean =>
    (event.currentTarget as HTMLElement).contains(node as Node | null)
  return {
    isUsed: computed(() => isPointed.value || isFocused.value),
    listeners: {
      pointerenter: () => (isPointed.value = true),
      focusin: () => (isFocused.value = true),
      pointerleave: (event) => {
        isPointed.value = false
        // A focused row that was removed has sent no event.
        isFocused.value = isWithin(event, document.activeElement)
      },
      focusout: (event) => (isFocused.value = isWithin(event, (event as FocusEvent).relatedTarget)),
    },
  }
}
