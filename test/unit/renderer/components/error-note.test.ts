import { mount } from '@vue/test-utils'
import { expect, it } from 'vitest'
import type { AppError } from '@shared/ipc/result'
import { tenant } from '@shared/resources/tenant'
import ErrorNote from '@/components/ErrorNote.vue'

const error: AppError = {
  code: 'rejected',
  message: 'The PBX refused the values',
  fields: [
    { path: 'name', message: 'Already used' },
    { path: 'cdr_event.password', message: 'Too short' },
    { path: 'new_field', message: 'Not allowed' },
  ],
}
const lines = (props: Partial<InstanceType<typeof ErrorNote>['$props']>) =>
  mount(ErrorNote, { props: { error, ...props } })
    .findAll('li')
    .map((line) => line.text())

it('lists the messages about fields with their labels, and groups where labels are alike', () => {
  expect(lines({ fields: tenant.fields })).toEqual([
    'Name: Already used',
    'CDR events > Password: Too short',
    'new_field: Not allowed',
  ])
})

it('does not repeat what the fields of the form show', () => {
  expect(lines({ fields: tenant.fields, atFields: ['name', 'cdr_event.password'] })).toEqual(['new_field: Not allowed'])
})
