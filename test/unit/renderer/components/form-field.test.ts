import { mount } from '@vue/test-utils'
import { describe, expect, it } from 'vitest'
import type { FieldSpec } from '@shared/resources/field'
import FormField from '@/components/form/FormField.vue'
import ResourceForm from '@/components/form/ResourceForm.vue'

const port: FieldSpec = {
  kind: 'number',
  key: 'port',
  label: 'Port',
  of: 'port',
  min: 1,
  max: 65_535,
  help: 'Where it listens.',
}
const name: FieldSpec = { kind: 'text', key: 'name', label: 'Name', required: true, maxLength: 10 }
const on: FieldSpec = { kind: 'switch', key: 'on', label: 'Enabled' }
const fields = [name, port, on]

const field = (spec: FieldSpec, modelValue: unknown, problem?: string) =>
  mount(FormField, { props: { field: spec, modelValue, problem, changed: false, disabled: false } })

describe('a field', () => {
  it('ties label, problem and help to its control', () => {
    const wrapper = field(port, 0, 'Minimum 1')
    const input = wrapper.get('input')
    expect(wrapper.get('label').attributes('for')).toBe(input.attributes('id'))
    const described = (input.attributes('aria-describedby') ?? '').split(' ').map((id) => wrapper.find(`[id="${id}"]`))
    expect(described.filter((text) => text.exists()).map((text) => text.text())).toEqual([
      'Minimum 1',
      'Where it listens.',
      '1 to 65535',
    ])
    expect(input.attributes('aria-invalid')).toBe('true')
    expect(wrapper.get('[role=alert]').text()).toBe('Minimum 1')
  })
  it('reserves space for a problem', async () => {
    const wrapper = field(name, 'a')
    expect(wrapper.find('.messages').classes()).toContain('reserved')
    expect(wrapper.find('[role=alert]').exists()).toBe(false)
  })
})

function form(values: Record<string, unknown>) {
  const wrapper = mount(ResourceForm, {
    props: {
      fields,
      mode: 'edit',
      initial: { ...values },
      modelValue: values,
      serverErrors: [],
      showAll: false,
      disabled: false,
      'onUpdate:modelValue': (next: Record<string, unknown>) => void wrapper.setProps({ modelValue: next }),
    },
    attachTo: document.body,
  })
  return wrapper
}

describe('a form', () => {
  it('shows a problem after the field lost the focus, and marks changed fields', async () => {
    const wrapper = form({ name: 'Acme', port: 5060, on: false })
    const input = wrapper.get('[data-field=port] input')
    await input.setValue('70000')
    expect(wrapper.find('[data-field=port] [role=alert]').exists()).toBe(false)
    await input.trigger('focusout')
    expect(wrapper.get('[data-field=port] [role=alert]').text()).toBe('Maximum 65535')
    expect(wrapper.get('[data-field=port] .mark').text()).toBe('Changed')
    expect(wrapper.get('[data-field=name] .mark').text()).toBe('')
    wrapper.unmount()
  })
  it('shows an error of the server until its field is changed', async () => {
    const wrapper = form({ name: 'Acme', port: 5060, on: false })
    await wrapper.setProps({ serverErrors: [{ path: 'port', message: 'In use' }] })
    expect(wrapper.get('[data-field=port] [role=alert]').text()).toBe('In use')
    await wrapper.get('[data-field=port] input').setValue('5070')
    expect(wrapper.find('[data-field=port] [role=alert]').exists()).toBe(false)
    wrapper.unmount()
  })
  it('is sent by Enter', async () => {
    const wrapper = form({ name: 'Acme', port: 5060, on: false })
    await wrapper.get('form').trigger('submit')
    expect(wrapper.emitted('submit')).toHaveLength(1)
    wrapper.unmount()
  })
})
