import { mount } from '@vue/test-utils'
import { expect, test } from 'vitest'
import { printNumber } from '@shared/format/print-number'
import type { FieldSpec } from '@shared/resources/field'
import DidControl from '@/components/form/DidControl.vue'
import ListControl from '@/components/form/ListControl.vue'
import RangesField from '@/features/rollouts/RangesField.vue'

const field: FieldSpec = { kind: 'list', key: 'l', label: 'List', separator: ',', of: 'text' }
const props = { field, id: 'x', invalid: false, describedBy: '', disabled: false, modelValue: '1' }
const read = { ranges: [], changed: [], problems: [], repeated: 0 }

const controls = {
  'a list': () => mount(ListControl, { props }),
  DIDs: () => mount(DidControl, { props }),
  'addresses of a rollout': () => mount(RangesField, { props: { read, modelValue: '1' } }),
}

/** As a clipboard pastes it; whether the control left it to the browser. */
function paste(element: Element, text: string): boolean {
  const event = new Event('paste', { bubbles: true, cancelable: true })
  return element.dispatchEvent(Object.assign(event, { clipboardData: { getData: () => text } }))
}

test.each(Object.entries(controls))(
  'a paste into %s that is too long adds nothing and says so',
  async (_what, make) => {
    const wrapper = make()
    const box = wrapper.get<HTMLInputElement>('input, textarea')
    expect(paste(box.element, '2,'.repeat(600_000))).toBe(false)
    await wrapper.vm.$nextTick()
    const [length, limit] = [1_200_000, 1_048_576].map((count) => printNumber(count))
    expect(wrapper.text()).toContain(`has ${length} characters, and the limit is ${limit}. Nothing was added`)
    expect(wrapper.emitted('update:modelValue')).toBeUndefined()
    paste(box.element, '2')
    await wrapper.vm.$nextTick()
    expect(wrapper.text()).not.toContain('Nothing was added')
  },
)
