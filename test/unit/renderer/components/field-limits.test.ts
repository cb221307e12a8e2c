import { mount } from '@vue/test-utils'
import { describe, expect, it } from 'vitest'
import type { FieldSpec } from '@shared/resources/field'
import { resourceIds } from '@shared/resources/ids'
import type { FormValues } from '@shared/resources/nested'
import { resourceOf } from '@shared/resources/registry'
import { trunkAssignment } from '@shared/resources/trunk-assignment'
import ResourceForm from '@/components/form/ResourceForm.vue'
import { tenant } from '@shared/resources/tenant'
import { beyondLimits, beyondTenantLimits } from './limit-samples'

/** The other kinds have no value beyond a limit. */
const limitedKinds: readonly FieldSpec['kind'][] = [
  ...(['text', 'number', 'secret', 'json', 'pem', 'address', 'share', 'list', 'week'] as const),
]

/** A form with only this field, initially empty. */
function formOf(field: FieldSpec) {
  const initialValues: FormValues = { [field.key]: null }
  const wrapper = mount(ResourceForm, {
    props: {
      fields: [field],
      mode: 'create',
      initial: initialValues,
      modelValue: initialValues,
      serverErrors: [],
      showAll: false,
      disabled: false,
      'onUpdate:modelValue': (next: FormValues) => void wrapper.setProps({ modelValue: next }),
    },
    attachTo: document.body,
  })
  return wrapper
}

/** As a person types it: a share in per cent. */
function typed({ kind }: FieldSpec, value: unknown): string {
  if (value === null) return ''
  return kind === 'share' ? String(Math.round(Number(value) * 100)) : String(value as string | number)
}

type Form = ReturnType<typeof formOf>

/** Opens a day and sets its hours, such as `sunday 17:00 09:00`. */
async function typeHours(form: Form, text: string): Promise<void> {
  const [day = '', ...times] = text.split(' ')
  const line = form.get(`[data-day="${day}"]`)
  await line.get('input[type=checkbox]').setValue(true)
  await line
    .findAll('button')
    .find((button) => button.text() === 'Add hours')
    ?.trigger('click')
  for (const [index, time] of times.entries()) {
    const input = line.findAll('input[type=time]')[index]
    await input?.setValue(time)
    await input?.trigger('change')
  }
  await line.trigger('focusout')
}

async function typeText(form: Form, text: string): Promise<void> {
  const control = form.get('input:not([type=submit]), textarea')
  if (text === '') await control.setValue('x')
  await control.setValue(text)
  // A list adds what was typed when its input loses the focus.
  await control.trigger('blur')
  await control.trigger('focusout')
}

/** The problem after this was typed and the field lost the focus. */
async function problemOf(field: FieldSpec, text: string): Promise<string> {
  const form = formOf(field)
  await (field.kind === 'week' ? typeHours(form, text) : typeText(form, text))
  const problem = form.get('[role=alert]').text()
  form.unmount()
  return problem
}

const isLimited = ({ readOnly, kind }: FieldSpec): boolean => readOnly !== true && limitedKinds.includes(kind)
const resources = [...resourceIds.map(resourceOf), trunkAssignment]

describe.each(resources.map((resource) => [resource.label, resource] as const))('%s', (_, { fields }) => {
  const limited = fields.filter((field) => isLimited(field) && beyondLimits(field).length > 0)
  it.each(limited.map((field) => [field.key, field] as const))(
    '%s shows a problem beyond each limit',
    async (_, field) => {
      for (const { value, message } of beyondLimits(field)) {
        const problem = await problemOf(field, typed(field, value))
        if (typeof message === 'string') expect(problem).toBe(message)
        else expect(problem).toMatch(message)
      }
    },
  )
})

describe('Tenants, with their lengths and characters', () => {
  const limited = tenant.fields.filter((field) => isLimited(field) && beyondTenantLimits(field).length > 0)
  it.each(limited.map((field) => [field.key, field] as const))(
    '%s shows a problem beyond each limit',
    async (_, field) => {
      for (const { typed: text, message } of beyondTenantLimits(field))
        expect(await problemOf(field, text)).toContain(message)
    },
  )
})
