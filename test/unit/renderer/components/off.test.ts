import { mount } from '@vue/test-utils'
import { afterEach, expect, it, vi } from 'vitest'
import { announced } from './announced'
import { defineComponent, nextTick } from 'vue'

// Another test may have made the live region of the shared modules.
vi.resetModules()
const { off } = await import('@/composables/off')

afterEach(() => document.body.replaceChildren())

const form = defineComponent({
  directives: { off },
  props: { off: { type: [Boolean, String], default: false } },
  emits: ['press', 'sent'],
  template: `<form @submit.prevent="$emit('sent')"><button type="submit" v-off="off" @click="$emit('press')">Save</button></form>`,
})

it('a button that is off keeps the focus, and neither a click nor Enter in its form does anything', async () => {
  const wrapper = mount(form, { attachTo: document.body })
  const button = wrapper.get('button')
  button.element.focus()
  button.element.click()
  expect([wrapper.emitted('press')?.length, wrapper.emitted('sent')?.length]).toEqual([1, 1])

  await wrapper.setProps({ off: true })
  button.element.click()
  expect([wrapper.emitted('press')?.length, wrapper.emitted('sent')?.length]).toEqual([1, 1])
  expect(document.activeElement).toBe(button.element)
  expect(button.attributes()).toMatchObject({ 'aria-disabled': 'true' })
  expect(button.attributes('disabled')).toBeUndefined()

  await wrapper.setProps({ off: false })
  button.element.click()
  expect(wrapper.emitted('press')).toHaveLength(2)
})

it('a button says why it is off, and announces it when it is pressed', async () => {
  const wrapper = mount(form, { props: { off: 'Select a server' }, attachTo: document.body })
  const button = wrapper.get('button')
  expect(button.attributes('title')).toBe('Select a server')
  button.element.click()
  await vi.waitFor(() => expect(announced()).toContain('Select a server.'))
  await wrapper.setProps({ off: false })
  await nextTick()
  expect(button.attributes('title')).toBeUndefined()
})

it('a click on a check box or radio button that is off is canceled, and says why', async () => {
  const choices = defineComponent({
    directives: { off },
    template: `<div><label><input type="checkbox" v-off="'One column is always shown'" checked>Name</label>
      <input type="radio" name="r" checked><input type="radio" name="r" v-off="'Paused'"></div>`,
  })
  const inputs = mount(choices, { attachTo: document.body }).findAll('input')
  // The browser restores the state if a click is canceled; the DOM of this test does not.
  const click = (): MouseEvent => new MouseEvent('click', { bubbles: true, cancelable: true })
  expect(inputs.map(({ element }) => element.dispatchEvent(click()))).toEqual([false, true, false])
  expect(inputs.map(({ element }) => element.title)).toEqual(['One column is always shown', '', 'Paused'])
  await vi.waitFor(() => expect(announced()).toContain('Paused.'))
})

it('that a pressed button works is announced', async () => {
  const wrapper = mount(form, { attachTo: document.body })
  wrapper.get('button').element.focus()
  await wrapper.setProps({ off: true })
  await vi.waitFor(() => expect(announced()).toContain('Save: in progress.'))
})
