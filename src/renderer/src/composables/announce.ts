import { watch } from 'vue'

/** What was announced is false later, and would be read in the page. */
const clearedAfterMs = 10_000
/** A hidden window says nothing until it is shown. */
const most = 10

let region: Region | undefined
let pending: readonly string[] = []

/** Behind an open modal dialog everything is inert, live regions included. */
const host = (): Element => [...document.querySelectorAll('dialog:modal')].at(-1) ?? document.body

interface Region {
  readonly element: HTMLElement
  readonly text: ShadowRoot
}

/** Its text is in a shadow root, so that nobody finds it a second time in the page. */
function createRegion(): Region {
  const element = document.createElement('div')
  element.className = 'visually-hidden'
  // Below the page, it would make the page higher.
  element.style.top = '0'
  // Screen readers announce only what is added.
  element.setAttribute('role', 'log')
  return { element, text: element.attachShadow({ mode: 'closed' }) }
}

/** Texts are added to a region that was there before: the text of a new one is not announced. */
function say(): void {
  region ??= createRegion()
  const { element, text: lineBox } = region
  const parent = host()
  if (element.parentElement !== parent) {
    lineBox.replaceChildren()
    parent.append(element)
    requestAnimationFrame(say)
    return
  }
  const lines = pending.map((text) => {
    const line = document.createElement('p')
    line.textContent = /[.!?…]$/u.test(text) ? text : `${text}.`
    return line
  })
  pending = []
  lineBox.append(...lines)
  setTimeout(() => lines.forEach((line) => line.remove()), clearedAfterMs)
}

/** Lets screen readers say a text that has no place in the page, or that appears where the focus is not. */
export function announce(text: string): void {
  const words = text.replaceAll(/\s+/gu, ' ').trim()
  if (words === '') return
  const isFirst = pending.length === 0
  pending = [...pending.filter((other) => other !== words), words].slice(-most)
  // With the next frame, when a dialog that closes is gone.
  if (isFirst) requestAnimationFrame(say)
}

/** Announces a text each time it changes. */
export const useAnnounced = (text: () => string): void => void watch(text, announce)
