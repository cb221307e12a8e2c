import { mount } from '@vue/test-utils'
import { expect, it } from 'vitest'
import type { ImportFile } from '@shared/domain/import'
import { tenant } from '@shared/resources/tenant'
import ImportColumns from '@/features/imports/ImportColumns.vue'

const secret = 'cdr_event.password'
const mapping = ['name', null, secret]
const file: ImportFile = {
  ...{ importId: 'i', file: 'tenants.csv', rows: 1, mapping, notes: [], detected: ',' },
  columns: [{ name: 'name', samples: ['Acme'] }, { name: 'Customer number' }, { name: secret }],
  fields: tenant.fields,
}

it('a column without a field names itself; only a secret is hidden; fields with the same label have their group', () => {
  const columns = mount(ImportColumns, {
    props: { file, busy: false, modelValue: mapping },
  })
  expect(columns.findAll('td.cells').map((cell) => cell.text())).toEqual([
    'Acme',
    'No field is named “Customer number”',
    '••••••••',
  ])
  const options = columns.get('td select').findAll('option')
  expect(options.map((option) => option.text())).toContain('CDR events > Password')
  expect(new Set(options.map((option) => option.text())).size).toBe(options.length)
})

it('a column that is mapped to a secret is masked, and one that is mapped to another field is not called unknown', async () => {
  const shown = mount(ImportColumns, {
    props: { file, busy: false, modelValue: [secret, 'domain', null] },
  })
  expect(shown.findAll('td.cells').map((cell) => cell.text())[0]).toBe('••••••••')
})

it('the separator that was detected is preselected; another one is asked for', async () => {
  const props = { busy: false, modelValue: mapping }
  const columns = mount(ImportColumns, { props: { ...props, file: { ...file, separator: ';' } } })
  const select = columns.get('.separator select')
  expect((select.element as HTMLSelectElement).value).toBe(';')
  await select.setValue('\t')
  expect(columns.emitted('separator')).toEqual([['\t']])
})
