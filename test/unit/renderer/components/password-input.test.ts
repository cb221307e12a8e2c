import { mount } from '@vue/test-utils'
import { expect, it } from 'vitest'
import PasswordInput from '@/components/PasswordInput.vue'

it('a password with a blank at its end is pointed out while it is typed, and stays as it is', async () => {
  const input = mount(PasswordInput, { props: { modelValue: 'geheim' } })
  expect(input.get('[role=status]').text()).toBe('')
  await input.get('input').setValue('geheim ')
  expect(input.emitted('update:modelValue')?.at(-1)).toEqual(['geheim '])
  await input.setProps({ modelValue: 'geheim ' })
  expect(input.get('[role=status]').text()).toBe('The password ends with a blank. Is that intended?')
})
