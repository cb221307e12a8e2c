import { mount } from '@vue/test-utils'
import { describe, expect, it } from 'vitest'
import type { FieldSpec } from '@shared/resources/field'
import { printNumber } from '@shared/format/print-number'
import { problemOf } from '@shared/resources/problem'
import NumberControl from '@/components/form/NumberControl.vue'
import ShareControl from '@/components/form/ShareControl.vue'
import SizeControl from '@/components/form/SizeControl.vue'

const base = { id: 'x', invalid: false, describedBy: '', disabled: false }
const number: FieldSpec = { kind: 'number', key: 'n', label: 'Number', min: 0, max: 5000, unit: 'seconds' }
const share: FieldSpec = { kind: 'share', key: 's', label: 'Share' }
const size: FieldSpec = { kind: 'size', key: 'z', label: 'Size' }

/** A control with its model, as in a form. */
function control(
  component: typeof NumberControl | typeof ShareControl | typeof SizeControl,
  field: FieldSpec,
  value: unknown,
) {
  const wrapper = mount(component, {
    props: {
      ...base,
      field,
      modelValue: value,
      'onUpdate:modelValue': (next: unknown) => void wrapper.setProps({ modelValue: next }),
    },
  })
  const input = wrapper.get('input')
  return {
    input,
    wrapper,
    /** Without leaving the control. */
    type(text: string): Promise<void> {
      input.element.value = text
      return input.trigger('input')
    },
    value: (): unknown => wrapper.props('modelValue'),
    text: () => input.element.value,
  }
}

describe('a number field', () => {
  it('is a spin button with its value and limits', () => {
    const { input } = control(NumberControl, number, 90)
    expect(input.attributes()).toMatchObject({
      type: 'text',
      role: 'spinbutton',
      inputmode: 'numeric',
      'aria-valuenow': '90',
      'aria-valuemin': '0',
      'aria-valuemax': '5000',
    })
  })
  it('reads a number as it is printed, with groups and unit', async () => {
    const { type, value } = control(NumberControl, number, 90)
    await type(printNumber(1500))
    expect(value()).toBe(1500)
    await type(`${printNumber(1600)} seconds`)
    expect(value()).toBe(1600)
    await type('')
    expect(value()).toBeNull()
  })
  it('keeps text that is not a number, and the form shows why', async () => {
    const { type, value, text, input } = control(NumberControl, number, 90)
    for (const typed of ['1e3', '1.5', 'many', '1,00', '--1']) {
      await type(typed)
      expect(value()).toBe(typed)
      expect(problemOf(number, value())).toMatch(/number/i)
      await input.trigger('change')
      expect(text()).toBe(typed)
      expect(input.attributes('aria-valuenow')).toBeUndefined()
    }
  })
  it('leaves the text alone while it is typed, and writes it plainly afterwards', async () => {
    const { type, text, input } = control(NumberControl, number, 90)
    await type('007')
    expect(text()).toBe('007')
    await input.trigger('change')
    expect(text()).toBe('7')
  })
  it('is stepped by the arrow keys within its limits, not by the wheel', async () => {
    const { input, value } = control(NumberControl, number, 4995)
    await input.trigger('keydown', { key: 'ArrowUp' })
    expect(value()).toBe(4996)
    await input.trigger('keydown', { key: 'PageUp' })
    expect(value()).toBe(5000)
    await input.trigger('keydown', { key: 'ArrowDown' })
    expect(value()).toBe(4999)
    await input.trigger('wheel', { deltaY: -100 })
    expect(value()).toBe(4999)
  })
  it('starts at its minimum when an empty one is stepped', async () => {
    const { input, value } = control(NumberControl, { ...number, min: 60 }, null)
    await input.trigger('keydown', { key: 'ArrowUp' })
    expect(value()).toBe(60)
  })
})

describe('a percentage', () => {
  it('is typed as per cent and stored as a share', async () => {
    const { type, value, text } = control(ShareControl, share, 0.8)
    expect(text()).toBe('80')
    await type('12.5 %')
    expect(value()).toBe(0.125)
    await type('12.34567')
    expect(problemOf(share, value())).toBe('No more than 4 decimals are allowed')
    expect(text()).toBe('12.34567')
  })
})

describe('a size', () => {
  it('is a number and its unit', async () => {
    const { type, value, wrapper } = control(SizeControl, size, '500MB')
    await type(printNumber(1500))
    expect(value()).toBe('1500MB')
    await wrapper.get('select').setValue('GB')
    expect(value()).toBe('1500GB')
    await type('')
    expect(value()).toBe('')
  })
  it('uses the unit of pasted text', async () => {
    const { type, value, text } = control(SizeControl, size, '1GB')
    await type('250 MB')
    expect(value()).toBe('250MB')
    expect(text()).toBe('250')
  })
  it('keeps text that is not a number, which is never sent as a size', async () => {
    const { type, value, text } = control(SizeControl, size, '1GB')
    for (const typed of [`${printNumber(1000)},00,0`, '1.', '1e3', 'much']) {
      await type(typed)
      expect(text()).toBe(typed)
      expect(problemOf(size, value())).toMatch(/number/i)
    }
  })
})
