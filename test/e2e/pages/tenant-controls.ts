import type { Page } from 'playwright'
import { expect } from 'playwright/test'
import type { FieldSpec } from '@shared/resources/field'
import { tenant } from '@shared/resources/tenant'
import type { RecordPage } from './records'

/** Puts a value into the control of a field, as a person does for its kind. */
export async function setField(page: Page, record: RecordPage, field: FieldSpec, value: string): Promise<void> {
  const box = record.field(field.key)
  switch (field.kind) {
    case 'switch':
      await box.getByRole('switch').setChecked(value === 'on')
      return
    case 'choice':
      await box.getByText(value, { exact: true }).click()
      return
    case 'pick':
      await box.locator('input').click()
      await box.locator('input').fill(value)
      await page.locator('.n-base-select-option:visible', { hasText: value }).first().click()
      await expect(page.locator('.n-base-select-menu:visible')).toHaveCount(0)
      return
    case 'size': {
      const [, amount = '', unit = 'GB'] = /^(-?[\d.]+)(\w+)$/.exec(value) ?? []
      await box.getByRole('combobox').selectOption(unit)
      await box.getByRole('spinbutton').fill(amount)
      return
    }
    case 'list': {
      const chips = box.getByRole('button', { name: /^Remove/ })
      for (let left = await chips.count(); left > 0; left -= 1) await chips.nth(left - 1).click()
      for (const item of value.split(field.separator)) {
        await box.getByRole('textbox').fill(item)
        await box.getByRole('textbox').press('Enter')
      }
      await box.getByRole('textbox').blur()
      return
    }
    case 'week': {
      const [day = '', from = '', to = ''] = value.split(' ')
      const line = box.locator(`[data-day="${day}"]`)
      await line.getByRole('checkbox').setChecked(true)
      if ((await line.locator('input[type=time]').count()) === 0)
        await line.getByRole('button', { name: 'Add hours' }).click()
      await line.getByLabel(/range 1, from/).fill(from)
      await line.getByLabel(/range 1, to/).fill(to)
      await line.getByLabel(/range 1, to/).blur()
      return
    }
    default:
      await record.input(field.key).fill(value)
      await record.input(field.key).blur()
  }
}

/** Fills in time zone, currency and country, which every tenant requires. */
export async function fillPlace(page: Page, record: RecordPage): Promise<void> {
  for (const [key, text] of [
    ['timezone', 'Europe/Vienna'],
    ['currency', 'EUR'],
    ['region', 'Austria (AUT)'],
  ] as const)
    await setField(page, record, tenant.fields.find((field) => field.key === key) as FieldSpec, text)
}
