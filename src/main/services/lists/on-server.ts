import { differingFields } from '@shared/resources/compare'
import { fieldTitle } from '@shared/resources/field-title'
import { toForm, type FormValues } from '@shared/resources/nested'
import { valueText } from '@shared/resources/value-text'
import type { ListedRecord } from '../../portsip/records'
import type { CheckContext, ListTarget } from './target'

/** Values that are searched for on a server, by their place among others. */
export interface Known {
  readonly at: number
  readonly values: FormValues
}

/** Fields in which a record is another one than these values, with what it has. */
export const differenceText = (target: ListTarget, values: FormValues, other: FormValues): string =>
  differingFields(target.compared(values), values, other)
    .map((field) => `${fieldTitle(target.fields, field)}: ${valueText(field, other[field.key]) || 'not set'}`)
    .join(', ')

/** Finds which of the wanted records are on the server already, reading its list once. */
export async function onServer(
  target: ListTarget,
  { client, signal }: CheckContext,
  wanted: ReadonlyMap<string, Known>,
): Promise<{ readonly found: ReadonlyMap<number, FormValues>; readonly kept: readonly ListedRecord[] }> {
  const found = new Map<number, FormValues>()
  const kept: ListedRecord[] = []
  const keeps = target.keeps?.([...new Set(wanted.values())])
  for await (const page of target.existing(client, signal)) {
    for (const record of page) {
      if (keeps?.(record) === true) kept.push(record)
      const form = toForm(target.fields, record)
      for (const key of target.conflictKeys(form)) {
        const row = wanted.get(key)
        if (row === undefined) continue
        const whole =
          target.whole === undefined ? form : toForm(target.fields, await target.whole(client, record.id, signal))
        const before = found.get(row.at)
        // Of several alike, one that is identical counts.
        if (before === undefined || differenceText(target, row.values, before) !== '') found.set(row.at, whole)
      }
    }
  }
  return { found, kept }
}

/** What a record that is there already means for one that was to be created. */
export function present(
  target: ListTarget,
  values: FormValues,
  there: FormValues,
): { readonly state: 'skip' | 'conflict'; readonly reason: string } {
  const differs = differenceText(target, values, there)
  return differs === ''
    ? { state: 'skip', reason: 'Already on the server' }
    : { state: 'conflict', reason: `On the server with other values. ${differs}` }
}
