import { mount } from '@vue/test-utils'
import { defineComponent, h } from 'vue'
import { expect, test } from 'vitest'
import { useInUse } from '@/composables/in-use'

function area(options: Parameters<typeof useInUse>[0] = {}) {
  const { isUsed, listeners } = useInUse(options)
  const on = Object.fromEntries(
    Object.entries(listeners).map(([name, run]) => [`on${name.charAt(0).toUpperCase()}${name.slice(1)}`, run]),
  )
  const wrapper = mount(
    defineComponent(() => () => h('div', on, [h('button'), h('button')])),
    {
      attachTo: document.body,
    },
  )
  const [first, second] = wrapper.findAll('button').map(({ element }) => element)
  const send = (type: string, to: Element | null = null): void =>
    void wrapper.element.dispatchEvent(Object.assign(new Event(type), { relatedTarget: to }))
  const move = (movementX: number): void =>
    void wrapper.element.dispatchEvent(Object.assign(new Event('pointermove'), { movementX, movementY: 0 }))
  return { isUsed, send, move, first, second, unmount: () => wrapper.unmount() }
}

test('an area is in use while the pointer is on it', () => {
  const { isUsed, send, unmount } = area()
  expect(isUsed.value).toBe(false)
  send('pointerenter')
  expect(isUsed.value).toBe(true)
  send('pointerleave')
  expect(isUsed.value).toBe(false)
  unmount()
})

test('and while the focus is in it, on whichever part', () => {
  const { isUsed, send, second, unmount } = area()
  send('focusin')
  send('focusout', second)
  expect(isUsed.value).toBe(true)
  send('focusout')
  expect(isUsed.value).toBe(false)
  unmount()
})

test('a click beside the controls takes the focus away, but the pointer is still there', () => {
  const { isUsed, send, unmount } = area()
  send('focusin')
  send('pointerenter')
  send('focusout')
  expect(isUsed.value).toBe(true)
  send('pointerleave')
  expect(isUsed.value).toBe(false)
  unmount()
})

test('the focus stays when the pointer leaves', () => {
  const { isUsed, send, first, unmount } = area()
  first?.focus()
  send('focusin')
  send('pointerenter')
  send('pointerleave')
  expect(isUsed.value).toBe(true)
  unmount()
})

test('a pointer that rests where the area appears counts from its first movement, click or turn of the wheel', () => {
  const { isUsed, send, move, unmount } = area({ fromFirstMove: true })
  send('pointerenter')
  move(0)
  expect(isUsed.value).toBe(false)
  move(3)
  expect(isUsed.value).toBe(true)
  send('pointerleave')
  expect(isUsed.value).toBe(false)
  send('pointerenter')
  expect(isUsed.value).toBe(true)
  unmount()

  for (const type of ['pointerdown', 'wheel']) {
    const other = area({ fromFirstMove: true })
    other.send('pointerenter')
    other.send(type)
    expect(other.isUsed.value).toBe(true)
    other.unmount()
  }
})
