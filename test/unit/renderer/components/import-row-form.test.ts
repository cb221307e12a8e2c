import { mount } from '@vue/test-utils'
import { expect, it } from 'vitest'
import type { ImportRow } from '@shared/domain/import'
import { ipRule } from '@shared/resources/ip-rule'
import { fromLocalInput } from '@/components/form/local-time'
import ImportRowForm from '@/features/imports/ImportRowForm.vue'
import './settle-imports'

const past = '2019-01-31T18:00:00Z'
const later = '2199-01-31T18:00'
const rowOf = (values: Partial<ImportRow>): ImportRow => ({
  ...{ id: '3', row: 3, state: 'excluded', reason: 'Expired', flagged: false, isShifted: false, problems: {} },
  ...{ isExpired: true, cidr: '198.51.100.0/24', target: 'DENY', expire_at: past, description: '' },
  ...values,
})

function form(row: ImportRow) {
  const shown = mount(ImportRowForm, {
    props: {
      ...{ row, fields: ipRule.fields, shown: ipRule.fields, busy: false, correction: undefined },
      'onUpdate:correction': (correction) => shown.setProps({ correction }),
    },
    attachTo: document.body,
  })
  const labeled = (label: string) => {
    const name = shown.findAll('label').find((each) => each.text() === label)
    return shown.get<HTMLInputElement>(`[id="${name?.attributes('for')}"]`)
  }
  return {
    shown,
    out: () => shown.get<HTMLInputElement>('input[type=checkbox]'),
    field: labeled,
    save: async () => {
      await shown.trigger('submit')
      return shown.emitted('change')?.at(-1)
    },
  }
}

it('a later end is enough to import a row that has expired', async () => {
  const { shown, out, field, save } = form(rowOf({}))
  expect(out().element.checked).toBe(true)
  expect(field('Expires').element.disabled).toBe(false)
  expect(shown.text()).toContain('Change “Expires” to import this row')

  // Still over.
  await field('Expires').setValue('2020-01-31T18:00')
  expect(out().element.checked).toBe(true)
  await field('Expires').setValue(later)
  expect(out().element.checked).toBe(false)
  expect(await save()).toEqual([{ rows: ['3'], values: { expire_at: fromLocalInput(later) } }])
  shown.unmount()
})

it('a rule without an end does not expire, and what the user selects counts', async () => {
  const { shown, out, field, save } = form(rowOf({}))
  await field('Expires').setValue('')
  expect(out().element.checked).toBe(false)
  await out().setValue(true)
  expect(await save()).toEqual([{ rows: ['3'], values: { expire_at: '' }, isExcluded: true }])
  await out().setValue(false)
  expect(await save()).toEqual([{ rows: ['3'], values: { expire_at: '' }, isExcluded: false }])
  shown.unmount()
})

it('a row that has expired can be imported as it is, and another value alone leaves it out', async () => {
  const { shown, out, field, save } = form(rowOf({}))
  await field('Description').setValue('x')
  expect(await save()).toEqual([{ rows: ['3'], values: { description: 'x' } }])
  await field('Description').setValue('')
  await out().setValue(false)
  expect(await save()).toEqual([{ rows: ['3'], isExcluded: false }])
  await out().setValue(true)
  expect(shown.props('correction')).toBeUndefined()
  shown.unmount()
})

it('a row that the user left out is imported again first', async () => {
  const { shown, out, field, save } = form(rowOf({ isExpired: false, expire_at: '' }))
  expect(field('Expires').element.disabled).toBe(true)
  expect(field('Expires').attributes('title')).toBe('This row is not imported')
  await out().setValue(false)
  expect(field('Expires').element.disabled).toBe(false)
  expect(await save()).toEqual([{ rows: ['3'], isExcluded: false }])
  shown.unmount()
})
