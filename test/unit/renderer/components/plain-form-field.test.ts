import { mount } from '@vue/test-utils'
import { expect, test } from 'vitest'
import { defineComponent } from 'vue'
import FormField from '@/components/FormField.vue'

const form = (props: string) =>
  mount(
    defineComponent({
      components: { FormField },
      template: `<form-field v-slot="field" label="Verification code" ${props}><input v-bind="field" /></form-field>`,
    }),
  )

test('help and error are announced with the control', () => {
  const wrapper = form('help="Sent by email." error="Enter the code"')
  const input = wrapper.get('input')
  const described = (input.attributes('aria-describedby') ?? '').split(' ').map((id) => wrapper.get(`#${id}`).text())
  expect(described).toEqual(['Enter the code', 'Sent by email.'])
  expect(input.attributes('aria-invalid')).toBe('true')
  expect(wrapper.get('label').attributes('for')).toBe(input.attributes('id'))
})

test('a control without help or error has no description', () => {
  const input = form('').get('input')
  expect(input.attributes('aria-describedby')).toBeUndefined()
  expect(input.attributes('aria-invalid')).toBeUndefined()
})

test('the tooltip of a label is the API name of the field', () => {
  expect(form('api="old_password"').get('label').attributes('title')).toBe('old_password')
  expect(form('').get('label').attributes('title')).toBeUndefined()
})
