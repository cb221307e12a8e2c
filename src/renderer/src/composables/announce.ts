import { watch } from 'vue'

/** What was announced is false later, and would be read in the page. */
const clearedAfterMs = 10_000
/** A hidden window says nothing until it is shown. */
const most = 10

let region: Region | undefined
let pending: readonly string[] = []
let clearing: ReturnType<typeof setTimeout> | undefined

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
  element.setAttribute('role', 'status')
  return { element, text: element.attachShadow({ mode: 'closed' }) }
}

/** Texts are put into an empty region that was there before: of a new one, or of the same text, nothing is said. */
function say(): void {
  region ??= createRegion()
  const { element, text: said } = region
  const parent = host()
  if (element.parentElement !== parent || said.textContent !== '') {
    said.replaceChildren()
    if (element.parentElement !== parent) parent.append(element)
    requestAnimationFrame(say)
    return
  }
  said.textContent = pending.map((text) => (/[.!?…]$/u.test(text) ? text : `${text}.`)).join(' ')
  pending = []
  clearTimeout(clearing)
  clearing = setTimeout(() => said.replaceChildren(), clearedAfterMs)
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
