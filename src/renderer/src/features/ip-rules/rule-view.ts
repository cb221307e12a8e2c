import type { IpRule, IpRuleInput } from '@shared/domain/ip-rule'
import { parseCidr } from '@shared/domain/cidr'
import { ipRuleFields } from '@shared/resources/ip-rule.fields'
import { changedFields } from '@shared/resources/compare'
import type { FormValues } from '@shared/resources/nested'
import { cellText } from '@/components/table/cell-text'
import { columnsOf, type Row, type TableColumn } from '@/components/table/types'

/** The list says more about the end than the time alone. */
const own: Readonly<Record<string, Partial<TableColumn>>> = { expire_at: { empty: 'Never', width: 230 } }

export const ruleColumns: readonly TableColumn[] = columnsOf(ipRuleFields).map((column) => ({
  ...column,
  ...own[column.key],
}))

export const ruleFormFields = ipRuleFields.filter((field) => field.key !== 'id')

export const newRule: IpRuleInput = { cidr: '', target: 'DENY', expire_at: null, description: '' }

export const inputOf = (rule: IpRule): IpRuleInput => ({
  cidr: rule.cidr,
  target: rule.target,
  expire_at: rule.expire_at ?? null,
  description: rule.description ?? '',
})

/** The form's values as they are sent: the range in canonical text. */
export function inputFrom(values: FormValues): IpRuleInput {
  const typed = String(values['cidr'] ?? '')
  const parsed = parseCidr(typed)
  const end = values['expire_at']
  return {
    cidr: parsed.ok ? parsed.cidr.text : typed.trim(),
    target: values['target'] === 'ACCEPT' ? 'ACCEPT' : 'DENY',
    expire_at: typeof end === 'string' && end !== '' ? end : null,
    description: String(values['description'] ?? ''),
  }
}

/** One field's value in words. */
export function fieldText(key: string, values: Row): string {
  const column = ruleColumns.find((one) => one.key === key)
  return column === undefined ? String(values[key] ?? '') : cellText(values, column)
}

export interface DifferenceRow {
  readonly key: string
  readonly label: string
  readonly before?: string
  readonly after: string
}

/** What a write changes; for a new rule every field that has a value. */
export function differenceRows(before: IpRuleInput | undefined, after: IpRuleInput): readonly DifferenceRow[] {
  const fields =
    before === undefined
      ? ruleFormFields.filter((field) => after[field.key as keyof IpRuleInput] !== '')
      : changedFields(ruleFormFields, { ...before }, { ...after })
  return fields.map((field) => ({
    key: field.key,
    label: field.label,
    after: fieldText(field.key, { ...after }),
    ...(before !== undefined && { before: fieldText(field.key, { ...before }) }),
  }))
}

/** Only the changed fields, as an update sends them. */
export const changesOf = (before: IpRuleInput, after: IpRuleInput): Partial<IpRuleInput> =>
  Object.fromEntries(
    changedFields(ruleFormFields, { ...before }, { ...after }).map((field) => [
      field.key,
      after[field.key as keyof IpRuleInput],
    ]),
  )
