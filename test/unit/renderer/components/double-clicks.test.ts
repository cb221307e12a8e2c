import { afterEach, beforeAll, expect, it } from 'vitest'
import { guardDoubleClicks } from '@/composables/double-clicks'

beforeAll(guardDoubleClicks)
afterEach(() => document.body.replaceChildren())

/** A click as Chromium sends it: `detail` counts the clicks at one place. */
const click = (on: Element, detail: number): boolean =>
  on.dispatchEvent(new MouseEvent('click', { bubbles: true, cancelable: true, detail }))

function shown(html: string): readonly [HTMLElement, string[]] {
  document.body.innerHTML = html
  const clicked: string[] = []
  document.body.addEventListener('click', ({ target }) => clicked.push((target as Element).id))
  return [document.body, clicked]
}

it('a control that appeared between the clicks of a double click is not operated, by a third click it is', () => {
  const [body, clicked] = shown('<button id="preview">Preview</button>')
  click(body.querySelector('#preview') ?? body, 1)
  body.innerHTML = '<button id="cancel"><span id="label">Cancel</span></button>'
  const label = body.querySelector('#label') ?? body
  expect(click(label, 2)).toBe(false)
  expect(click(label, 1)).toBe(true)
  expect(clicked).toEqual(['preview', 'label'])
})

it('a double click on one control, on its parts or on no control counts twice', () => {
  const [body, clicked] = shown(
    '<button id="next"><i id="icon"></i><b id="text"></b></button><p id="a"></p><label id="label"><input id="box" type="checkbox" /></label>',
  )
  const at = (id: string): Element => body.querySelector(`#${id}`) ?? body
  click(at('icon'), 1)
  click(at('text'), 2)
  click(at('a'), 1)
  click(at('a'), 2)
  click(at('box'), 1)
  click(at('box'), 2)
  expect(clicked).toEqual(['icon', 'text', 'a', 'a', 'box', 'box'])
})
