import { mount, type VueWrapper } from '@vue/test-utils'
import { expect, test } from 'vitest'
import { nextTick } from 'vue'
import type { FieldSpec } from '@shared/resources/field'
import DidControl from '@/components/form/DidControl.vue'

const field: FieldSpec = { kind: 'list', key: 'l', label: 'List', separator: ';', of: 'did' }

function control(): VueWrapper {
  const wrapper: VueWrapper = mount(DidControl, {
    attachTo: document.body,
    props: {
      ...{ field, id: 'x', invalid: false, describedBy: '', disabled: false, modelValue: null },
      'onUpdate:modelValue': (modelValue: unknown) => wrapper.setProps({ modelValue }),
    },
  })
  return wrapper
}

const box = (wrapper: VueWrapper) => wrapper.get<HTMLTextAreaElement>('textarea')
const buttons = (wrapper: VueWrapper) => wrapper.findAll('button').map((button) => button.text())

async function paste(wrapper: VueWrapper, text: string): Promise<void> {
  const event = new Event('paste', { bubbles: true, cancelable: true })
  box(wrapper).element.dispatchEvent(Object.assign(event, { clipboardData: { getData: () => text } }))
  await nextTick()
}

async function type(wrapper: VueWrapper, text: string): Promise<void> {
  await box(wrapper).setValue(text)
  await box(wrapper).trigger('change')
}

async function click(wrapper: VueWrapper, label: string): Promise<void> {
  const button = wrapper.findAll('button').find((each) => each.text() === label)
  expect(buttons(wrapper)).toContain(label)
  await button?.trigger('click')
}

test('a list of From and To is marked, and read in one step', async () => {
  const wrapper = control()
  const rows = Array.from({ length: 8 }, (_, at) => `4930${at + 1}00\t4930${at + 1}99`)
  await paste(wrapper, ['From\tTo', ...rows].join('\n'))
  const count = () => wrapper.get('[data-testid=did-count]').text().replaceAll(/\s+/g, ' ')
  expect(count()).toBe('0 numbers in 0 of 10 entries')
  expect(wrapper.text()).toContain('4930100 | 4930199 may be a range or separate numbers')
  expect(wrapper.text()).toContain('and 2 more')
  expect(buttons(wrapper)).toContain('Range: 4930100-4930199')
  expect(buttons(wrapper)).toContain('Read 8 entries as separate numbers')
  expect(wrapper.get('[data-offer=words]').text()).toContain('2 entries have no digits: From, To')
  await click(wrapper, 'Remove these entries')
  await click(wrapper, 'Read 8 entries as ranges')
  expect(count()).toBe('800 numbers in 8 entries')
  expect(wrapper.get('[data-testid=did-changes]').text()).toContain('4930100 | 4930199 changed to 4930100-4930199')
  expect(document.activeElement).toBe(box(wrapper).element)
})

test('text without digits is one line with one button', async () => {
  const wrapper = control()
  await paste(wrapper, 'DID\tTenant\tPlace\tNote\n4930100\tAcme\n4930101\tAcme\n4930102\tBolt')
  expect(wrapper.get('[data-offer=words]').text()).toContain('6 entries have no digits: DID, Tenant, Place and 3 more')
  expect(wrapper.text()).not.toContain('is neither a number')
  await click(wrapper, 'Remove these entries')
  expect(box(wrapper).element.value).toBe('4930100\n4930101\n4930102')
  expect(wrapper.find('[data-offer=words]').exists()).toBe(false)
  expect(wrapper.get('[data-testid=did-changes]').text()).toContain('Acme removed')
})

test('a prefix and what else is wrong are shown together, and removing the prefix decides nothing else', async () => {
  const wrapper = control()
  await paste(wrapper, '+49 30 1234-0 to 1234-99\n+4930100-99\n+4930555')
  expect(wrapper.get('[data-offer=prefix]').text()).toContain('+49 30 1234-0 to 1234-99')
  expect(wrapper.text()).toContain('The extensions 0 and 99 in +49 30 1234-0 to 1234-99 have 1 and 2 digits')
  expect(wrapper.text()).toContain('The ends of 4930100-99 have 7 and 2 digits')
  expect(buttons(wrapper)).toContain('Range: 4930123400-4930123499')
  await click(wrapper, 'Remove prefixes')
  expect(box(wrapper).element.value).toBe('49 30 1234-0 to 1234-99\n4930100-99\n4930555')
  await click(wrapper, 'Read 2 entries as ranges')
  expect(box(wrapper).element.value).toBe('4930123400-4930123499\n4930100-4930199\n4930555')
})

test('what was done to an entry is shown for as long as the field has the entry', async () => {
  const wrapper = control()
  const changes = () => wrapper.find('[data-testid=did-changes]')
  await type(wrapper, '030 1234567')
  expect(changes().text()).toBe('“030 1234567” was read as 0301234567')
  await type(wrapper, '0301234567\n3000')
  expect(changes().exists()).toBe(true)
  await box(wrapper).setValue('')
  expect(changes().exists()).toBe(false)
  await type(wrapper, '3000')
  expect(changes().exists()).toBe(false)
  await type(wrapper, '3001\n3000')
  await click(wrapper, 'Sort')
  expect(changes().text()).toBe('Sorted by number')
  await type(wrapper, '3000\n3001\n3002')
  expect(changes().exists()).toBe(false)
  await type(wrapper, '2000-1000\n3000')
  await click(wrapper, 'Swap: 1000-2000')
  expect(changes().text()).toBe('2000-1000 changed to 1000-2000')
  await wrapper.setProps({ modelValue: '3000' })
  expect(changes().exists()).toBe(false)
  await type(wrapper, '030 1\n040 2')
  await type(wrapper, '0301')
  expect(changes().text()).toBe('“030 1” was read as 0301')
})
