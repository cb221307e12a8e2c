import type { PbxRecord } from '@shared/domain/record'
import { visibleText } from '@shared/domain/visible-text'
import type { WriteOutcome } from '@shared/domain/write'
import type { FieldSpec } from '@shared/resources/field'
import { entryField } from '@shared/journal/entry-field'
import type { FormValues } from '@shared/resources/nested'
import type { Resource } from '@shared/resources/resource'
import { valueText } from '@shared/resources/value-text'
import type { WriteWords } from '@/components/form/use-write'

/** The name of a record as its list shows it; empty for a single resource. */
export function recordName(resource: Resource, values: FormValues): string {
  const nameKey = resource.kind === 'list' ? resource.nameKey : ''
  const field = resource.fields.find(({ key }) => key === nameKey)
  return field === undefined ? '' : valueText(field, values[nameKey])
}

/** "Create the tenant Nord", and "Tenant Nord created" after success. */
export function writeWords(resource: Resource, isNew: boolean, values: FormValues): WriteWords {
  const named = `${resource.singular} ${recordName(resource, values)}`.trim()
  const subject = named.charAt(0).toUpperCase() + named.slice(1)
  return isNew
    ? { action: `Create the ${named}`, done: `${subject} created` }
    : { action: `Change the ${named}`, done: `${subject}: change saved` }
}

/** What a saved record must still report: another one with its identity, or stored values that differ. */
export function outcomeWarning(
  fields: readonly FieldSpec[],
  { duplicate, differences }: WriteOutcome<PbxRecord>,
): string | undefined {
  if (duplicate !== undefined) return visibleText(duplicate)
  if (differences.length === 0) return undefined
  const labels = differences.map(({ key }) => entryField(fields, key).label)
  return `Saved, but these values differ from what was sent: ${labels.join(', ')}`
}
