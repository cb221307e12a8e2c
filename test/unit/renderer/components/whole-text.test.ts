import { afterEach, expect, it } from 'vitest'
import { showWholeTexts } from '@/composables/whole-text'

showWholeTexts()

/** A place with this HTML, in which the element `#clipped` is as narrow as given. */
function place(html: string, isNarrow: boolean): HTMLElement {
  document.body.innerHTML = html
  const clipped = document.getElementById('clipped')
  if (clipped === null) throw new Error('There is no #clipped')
  clipped.style.textOverflow = 'ellipsis'
  Object.defineProperty(clipped, 'scrollWidth', { value: 300 })
  Object.defineProperty(clipped, 'clientWidth', { value: isNarrow ? 100 : 300, configurable: true })
  return clipped
}
const pointAt = (element: Element) => element.dispatchEvent(new PointerEvent('pointerover', { bubbles: true }))

afterEach(() => (document.body.innerHTML = ''))

it('a clipped text is in its tooltip, also with the pointer on a part of it', () => {
  const clipped = place('<p><span id="clipped"> Harbour\n  <bdi>Telecom</bdi></span></p>', true)
  pointAt(clipped.querySelector('bdi') ?? clipped)
  expect(clipped.title).toBe('Harbour Telecom')
})

it('a text that is shown in full gets no tooltip, and loses the one that it had while it was clipped', () => {
  const clipped = place('<p id="clipped">Harbour</p>', false)
  pointAt(clipped)
  expect(clipped.hasAttribute('title')).toBe(false)
  Object.defineProperty(clipped, 'clientWidth', { value: 100, configurable: true })
  pointAt(clipped)
  expect(clipped.title).toBe('Harbour')
  Object.defineProperty(clipped, 'clientWidth', { value: 300, configurable: true })
  pointAt(clipped)
  expect(clipped.hasAttribute('title')).toBe(false)
})

it('a tooltip of the component, or one around the text, is kept below it', () => {
  const own = place('<p id="clipped" title="Read just now">Harbour</p>', true)
  pointAt(own)
  pointAt(own)
  expect(own.title).toBe('Harbour\nRead just now')
  own.title = 'Read 1 min ago'
  pointAt(own)
  expect(own.title).toBe('Harbour\nRead 1 min ago')
  Object.defineProperty(own, 'clientWidth', { value: 300, configurable: true })
  pointAt(own)
  expect(own.title).toBe('Read 1 min ago')
  const inside = place('<button title="Sort"><span id="clipped">Maximum extensions</span></button>', true)
  pointAt(inside)
  expect(inside.title).toBe('Maximum extensions\nSort')
  const repeated = place('<p title="Harbour, Berlin"><span id="clipped">Harbour</span></p>', true)
  pointAt(repeated)
  expect(repeated.hasAttribute('title')).toBe(false)
})
