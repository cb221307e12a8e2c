import { shallowRef } from 'vue'

export interface MenuItem {
  readonly label: string
  readonly hint?: string
  readonly danger?: boolean
  /** Why it does nothing now; undefined or false if it does. */
  readonly off?: string | false | undefined
  /** A line above this item. */
  readonly separated?: boolean
  readonly run: () => void
}

interface OpenMenu {
  readonly x: number
  readonly y: number
  readonly label: string
  readonly items: readonly MenuItem[]
}

const openMenu = shallowRef<OpenMenu>()

/** One menu for the whole window, opened at a pointer or under an element. */
export function useContextMenu() {
  return {
    openMenu,
    openAt: (at: { readonly x: number; readonly y: number }, label: string, items: readonly MenuItem[]) => {
      openMenu.value = { x: at.x, y: at.y, label, items }
    },
    openUnder(element: HTMLElement, label: string, items: readonly MenuItem[]) {
      const box = element.getBoundingClientRect()
      openMenu.value = { x: box.left, y: box.bottom + 4, label, items }
    },
    close: () => (openMenu.value = undefined),
  }
}
