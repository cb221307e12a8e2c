import { shallowRef, type ShallowRef } from 'vue'

/** Whether the pointer or the focus is in an area: then its rows keep their place. */
export function useInUse(): {
  readonly isUsed: Readonly<ShallowRef<boolean>>
  readonly listeners: { readonly [event: string]: (event: Event) => void }
} {
  const isUsed = shallowRef(false)
  const use = (): void => void (isUsed.value = true)
  const isWithin = (event: Event, node: EventTarget | null): boolean =>
    (event.currentTarget as HTMLElement).contains(node as Node | null)
  return {
    isUsed,
    listeners: {
      pointerenter: use,
      focusin: use,
      pointerleave: (event) => (isUsed.value = isWithin(event, document.activeElement)),
      focusout: (event) => (isUsed.value = isWithin(event, (event as FocusEvent).relatedTarget)),
    },
  }
}
