import { computed, shallowRef, type ComputedRef } from 'vue'

/**
 * Whether the pointer or the focus is in an area: then its rows keep their place. With `fromFirstMove`, a pointer that
 * rests where the area appears does not count until the user moves it.
 */
export function useInUse({ fromFirstMove = false } = {}): {
  readonly isUsed: ComputedRef<boolean>
  readonly listeners: { readonly [event: string]: (event: Event) => void }
} {
  const isPointed = shallowRef(false)
  const isFocused = shallowRef(false)
  const hasMoved = shallowRef(!fromFirstMove)
  const isWithin = (event: Event, node: EventTarget | null): boolean =>
    (event.currentTarget as HTMLElement).contains(node as Node | null)
  return {
    isUsed: computed(() => (isPointed.value && hasMoved.value) || isFocused.value),
    listeners: {
      pointerenter: () => (isPointed.value = true),
      // A new layout under a resting pointer sends events, too, but without a movement.
      pointermove: (event) => {
        const { movementX, movementY } = event as PointerEvent
        if (movementX !== 0 || movementY !== 0) hasMoved.value = true
      },
      pointerdown: () => (hasMoved.value = true),
      wheelPassive: () => (hasMoved.value = true),
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
