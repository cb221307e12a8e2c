import { mount } from '@vue/test-utils'
import { expect, it } from 'vitest'
import { importStates, type ImportFile, type ImportPlan } from '@shared/domain/import'
import { ipRule } from '@shared/resources/ip-rule'
import { tenant } from '@shared/resources/tenant'
import ImportRows from '@/features/imports/ImportRows.vue'
import { off } from '@/composables/off'

const file: ImportFile = {
  ...{ importId: 'i', file: 'rules.csv', rows: 12, mapping: ['cidr'], notes: [], detected: ',' },
  ...{ columns: [{ name: 'cidr', samples: ['192.0.2.1'] }], fields: ipRule.fields },
}
const planOf = (counts: Partial<ImportPlan['counts']>, flagged: number, expired: number): ImportPlan => {
  const none = Object.fromEntries(importStates.map((state) => [state, 0])) as ImportPlan['counts']
  return {
    counts: { ...none, ...counts },
    flagged,
    expired,
    guards: [],
    warnings: [],
    checkedAt: '2026-11-28T12:00:00Z',
  }
}

function rows(plan: ImportPlan, fields = file.fields) {
  return mount(ImportRows, {
    props: {
      ...{
        plan,
        file: { ...file, fields },
        mapping: ['cidr'],
        revision: 1,
        fixed: [],
        busy: false,
        correction: undefined,
      },
      ...{ flaggedHelp: 'Flagged rows', canLeaveRow: () => Promise.resolve(true) },
    },
    global: { directives: { off }, stubs: { ResourceTable: true } },
    attachTo: document.body,
  })
}
type Shown = ReturnType<typeof rows>
const buttons = (shown: Shown) =>
  shown.findAll('.bar button').map((button) => button.text().replaceAll(/\s*\(?\d+\)?$/g, ''))
const button = (shown: Shown, name: string) => {
  const found = shown.findAll('.bar button').find((each) => each.text().startsWith(name))
  if (found === undefined) throw new Error(`no button ${name}`)
  return found
}
const reasonOf = (shown: Shown, name: string) => {
  const attributes = button(shown, name).attributes()
  return attributes['aria-disabled'] === 'true' ? attributes['title'] : undefined
}

it('buttons keep their places while rows are removed and added, and say why they do nothing', async () => {
  const shown = rows(planOf({ create: 10, excluded: 0, wrong: 2 }, 3, 0))
  const before = buttons(shown)
  expect(before).toEqual(expect.arrayContaining(['Remove flagged rows', 'Add expired rows', 'Not imported', 'Flagged']))
  expect(reasonOf(shown, 'Remove')).toBeUndefined()
  expect(reasonOf(shown, 'Add expired')).toBe('No row is left out because it has expired')
  const pressed = button(shown, 'Remove').element as HTMLElement
  pressed.focus()
  await button(shown, 'Remove').trigger('click')
  await expect.poll(() => shown.emitted('change')).toEqual([[{ isExcluded: true }]])

  await shown.setProps({ plan: planOf({ create: 7, excluded: 3, wrong: 2 }, 0, 2), revision: 2 })
  expect(buttons(shown)).toEqual(before)
  expect(document.activeElement).toBe(pressed)
  expect(reasonOf(shown, 'Remove')).toBe('No row to create is flagged')
  await button(shown, 'Remove').trigger('click')
  expect(shown.emitted('change')).toHaveLength(1)
  expect(button(shown, 'Add expired').text()).toMatch(/\(2\)$/)

  // A state that did not occur before comes last.
  await shown.setProps({ plan: planOf({ create: 7, excluded: 3, wrong: 1, conflict: 1 }, 0, 0), revision: 3 })
  expect(buttons(shown)).toEqual(before.toSpliced(before.indexOf('Flagged') + 1, 0, 'Conflict'))
  shown.unmount()
})

it('numbers of rows have the same width whatever they are', async () => {
  const widths = (shown: Shown) =>
    shown.findAll('.bar .numeric').map(({ element }) => (element as HTMLElement).style.minWidth)
  const shown = rows(planOf({ create: 12 }, 3, 9))
  const before = widths(shown)
  expect(before.slice(1)).toEqual(['2ch', '2ch', '2ch', '4ch'])
  await shown.setProps({ plan: planOf({ create: 3, excluded: 9 }, 0, 0), revision: 2 })
  expect(widths(shown)).toEqual(before)
  shown.unmount()
})

it('a list whose rows do not expire has no button for it', () => {
  const shown = rows(planOf({ create: 12 }, 0, 0), tenant.fields)
  expect(buttons(shown)).toEqual(['All', 'To create', 'Remove flagged rows'])
  shown.unmount()
})
