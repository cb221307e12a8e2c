import type { FieldSpec, RowField } from '@shared/resources/field'
import { searchOf, searchTest, searchText } from '@shared/rows/search'

/** The API's name of a field and the API's default, for its tooltip: `max_concurrent_calls · default 20`. */
export const apiText = ({ key, default: standard }: Pick<FieldSpec, 'key' | 'default'>): string =>
  standard === undefined ? key : `${key} · default ${standard}`

const partsOf = ({ key, label, help = '', group = '' }: FieldSpec | RowField): readonly string[] => [
  key,
  label,
  help,
  group,
]

/** Whether a field has this text in its label, help, group or API name, or in those of the fields of its rows. */
export function matchesField(field: FieldSpec, typed: string): boolean {
  const fields = field.kind === 'rows' ? [field, ...field.fields] : [field]
  return searchTest(searchOf(typed))(searchText(fields.flatMap(partsOf)))
}
