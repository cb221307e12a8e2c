import { mount } from '@vue/test-utils'
import { expect, it } from 'vitest'
import type { FieldSpec } from '@shared/resources/field'
import { listIds, singleIds } from '@shared/resources/ids'
import { resourceOf } from '@shared/resources/registry'
import FormField from '@/components/form/FormField.vue'
import ResourceForm from '@/components/form/ResourceForm.vue'
import ReadOnlyFields from '@/features/records/ReadOnlyFields.vue'

const form = (fields: readonly FieldSpec[], find: string) =>
  mount(ResourceForm, {
    props: {
      fields,
      mode: 'create',
      initial: {},
      modelValue: {},
      serverErrors: [],
      showAll: false,
      disabled: false,
      find,
    },
    global: { stubs: { PickControl: true } },
  })
const shown = (fields: readonly FieldSpec[], find: string): readonly (string | undefined)[] =>
  form(fields, find)
    .findAll<HTMLElement>('.field')
    .map((field) => field.element.dataset['field'])

const calls: FieldSpec = { kind: 'number', key: 'max_concurrent_calls', label: 'Maximum calls', default: 20 }
const country: FieldSpec = { kind: 'text', key: 'e164.country', label: 'Country' }
const servers: FieldSpec = {
  kind: 'rows',
  key: 'servers',
  label: 'Servers',
  fields: [{ kind: 'text', key: 'trace_host', label: 'Host' }],
}

it('the tooltip of each field is its API name', () => {
  for (const { fields } of [...singleIds, ...listIds].map(resourceOf))
    for (const field of fields) {
      const wrapper = mount(FormField, {
        props: { field, modelValue: null, problem: undefined, changed: false, disabled: false },
        global: { stubs: { PickControl: true } },
      })
      expect(wrapper.get('.label').attributes('title')?.split(' · ')[0]).toBe(field.key)
    }
})

it('the tooltip has the API’s own default', () => {
  const titles = form([calls, country], '')
    .findAll('.label')
    .map((label) => label.attributes('title'))
  expect(titles).toEqual(['max_concurrent_calls · default 20', 'e164.country'])
})

it('a read-only detail and a field of a row have it, too', () => {
  const fields = [{ ...country, readOnly: true }]
  expect(
    mount(ReadOnlyFields, { props: { fields, values: {} } })
      .get('dt')
      .attributes('title'),
  ).toBe('e164.country')
  const wrapper = mount(FormField, {
    props: { field: servers, modelValue: [{ trace_host: 'a' }], problem: undefined, changed: false, disabled: false },
  })
  expect(wrapper.get('.cell').attributes('title')).toBe('trace_host')
})

it('a field is found by its API name, as by its label', () => {
  const fields = [calls, country, servers]
  expect(shown(fields, ' MAX_concurrent ')).toEqual(['max_concurrent_calls'])
  expect(shown(fields, 'e164.')).toEqual(['e164.country'])
  expect(shown(fields, 'trace_host')).toEqual(['servers'])
  expect(shown(fields, 'maximum c')).toEqual(['max_concurrent_calls'])
  expect(shown(fields, 'nothing')).toEqual([])
  expect(shown(fields, ' ')).toHaveLength(3)
})
