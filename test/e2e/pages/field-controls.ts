import type { Locator } from 'playwright'
import { weekDays, type OfficeHours } from '@shared/domain/office-hours'
import type { FieldSpec } from '@shared/resources/field'
import { listItems } from '@shared/resources/list-text'
import type { FormValues } from '@shared/resources/nested'

type Of<K extends FieldSpec['kind']> = Extract<FieldSpec, { kind: K }>

const textOf = (value: unknown): string =>
  value === null || value === undefined ? '' : String(value as string | number)
const first = (box: Locator): Locator => box.locator('input, textarea, select').first()

async function type(box: Locator, text: string): Promise<void> {
  await first(box).fill(text)
  await first(box).blur()
}

async function choose(box: Locator, { choices }: Of<'choice'>, value: unknown): Promise<void> {
  const choice = choices.find((each) => each.value === value)
  if (choice === undefined) throw new Error(`${String(value)} is none of the choices`)
  if (choices.length > 4) await box.locator('select').selectOption(choice.value)
  else await box.getByText(choice.label, { exact: true }).click()
}

/** A long list opens outside the field, so its rows are looked up in the page. */
async function pick(box: Locator, value: string): Promise<void> {
  const options = box.page().locator('.n-base-select-option')
  await box.locator('.n-base-selection').click()
  await box.locator('input').first().fill(value)
  await options.filter({ hasText: value }).first().click()
}

async function list(box: Locator, { separator }: Of<'list'>, value: string): Promise<void> {
  const remove = box.getByRole('button', { name: /^Remove / })
  while ((await remove.count()) > 0) await remove.first().click()
  for (const item of listItems(value, separator)) {
    await box.locator('input').fill(item)
    await box.locator('input').press('Enter')
  }
}

async function week(box: Locator, value: OfficeHours): Promise<void> {
  for (const day of weekDays) {
    const line = box.locator(`[data-day="${day}"]`)
    const { enabled, ranges } = value[day] ?? {}
    await line.getByRole('checkbox').setChecked(true)
    const remove = line.getByRole('button', { name: /^Remove range/ })
    while ((await remove.count()) > 0) await remove.first().click()
    for (const [index, { from, to }] of (ranges ?? []).entries()) {
      await line.getByRole('button', { name: 'Add hours' }).click()
      for (const [end, time] of [
        ['from', from],
        ['to', to],
      ] as const) {
        const input = line.getByLabel(new RegExp(`range ${index + 1}, ${end}$`))
        await input.fill(time)
        await input.dispatchEvent('change')
      }
    }
    await line.getByRole('checkbox').setChecked(enabled === true)
  }
}

async function rows(box: Locator, { fields }: Of<'rows'>, value: readonly FormValues[]): Promise<void> {
  const remove = box.getByRole('button', { name: /^Remove row/ })
  while ((await remove.count()) > 0) await remove.first().click()
  for (const [index, row] of value.entries()) {
    await box.getByRole('button', { name: 'Add a row' }).click()
    const cells = box.getByRole('group', { name: `Row ${index + 1}`, exact: true }).locator('.cell')
    for (const [at, field] of fields.entries()) await setControl(cells.nth(at), field, row[field.key])
  }
}

/** An instant as the input shows it, in the zone that the app and the tests run in. */
function localTime(utc: string): string {
  const at = new Date(utc)
  return new Date(at.getTime() - at.getTimezoneOffset() * 60_000).toISOString().slice(0, 16)
}

/** Puts a value into a field's control as a person does, and leaves it; `box` is the field with its label and messages. */
export async function setControl(box: Locator, field: FieldSpec, value: unknown): Promise<void> {
  switch (field.kind) {
    case 'switch':
      return box.getByRole('switch').setChecked(value === true)
    case 'choice':
      return choose(box, field, value)
    case 'pick':
      return pick(box, textOf(value))
    case 'share':
      return type(box, typeof value === 'number' ? String(Number((value * 100).toFixed(4))) : '')
    case 'list':
      return list(box, field, textOf(value))
    case 'size': {
      const [, amount = '', unit = 'GB'] = /^([\d.]*)([A-Z]*)$/.exec(textOf(value)) ?? []
      if (unit !== '') await box.locator('select').selectOption(unit)
      return type(box, amount)
    }
    case 'time':
      return type(box, value === null ? '' : localTime(textOf(value)))
    case 'week':
      return week(box, value as OfficeHours)
    case 'rows':
      return rows(box, field, value as readonly FormValues[])
    default:
      return type(box, textOf(value))
  }
}

/** What the control of a field shows, as the API has it; null where it is blank. Kinds that have several controls are read by their own tests. */
export async function controlValue(box: Locator, field: FieldSpec): Promise<unknown> {
  switch (field.kind) {
    case 'switch':
      return box.getByRole('switch').isChecked()
    case 'choice':
      return field.choices.length > 4 ? first(box).inputValue() : box.locator('input:checked').inputValue()
    case 'list': {
      const items = await box.locator('.chip bdi').allTextContents()
      return items.length === 0 ? null : items.join(field.separator)
    }
    case 'number':
    case 'share': {
      const text = await first(box).inputValue()
      if (text === '') return null
      return field.kind === 'share' ? Number((Number(text) / 100).toFixed(6)) : Number(text)
    }
    default:
      return (await first(box).inputValue()) || null
  }
}
