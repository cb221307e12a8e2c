import { writeKinds } from '@shared/domain/journal'
import type { FilterTerm, ListQuery } from '@shared/domain/page'
import { resourceIdSchema } from '@shared/domain/record'
import { actionWords, outcomeWords } from '@shared/journal/entry-words'
import { resourceOf } from '@shared/resources/registry'
import { zonedDateTime } from '@shared/format/time'

const isOutcome = (value: string): value is keyof typeof outcomeWords => Object.hasOwn(outcomeWords, value)

const textOf: Readonly<Record<string, (value: string) => string>> = {
  server: (value) => `Server: ${value}`,
  folder: (value) => `Folder: ${value}`,
  // As in the row, where tags are a list.
  tags: (value) => `Tag: ${value.replace(/^"|"$/g, '')}`,
  user: (value) => `User: ${value}`,
  resource: (value) => {
    const id = resourceIdSchema.safeParse(value)
    return `Resource: ${id.success ? resourceOf(id.data).label : value}`
  },
  action: (value) => {
    const kind = writeKinds.find((candidate) => candidate === value)
    return `Action: ${kind === undefined ? value : actionWords[kind]}`
  },
  outcome: (value) => `Result: ${isOutcome(value) ? outcomeWords[value].label : value}`,
}

function termWords({ key, operator, value }: FilterTerm): string {
  if (key === 'at' && !Number.isNaN(Date.parse(value)))
    return `${operator.startsWith('g') ? 'From' : 'Until'}: ${zonedDateTime(value)}`
  return textOf[key]?.(value) ?? `${key} ${operator} ${value}`
}

/** The filters of a report as text. */
export const filterWords = ({ search = '', filter = [] }: ListQuery): readonly string[] => [
  ...(search.trim() === '' ? [] : [`Search: ${search.trim()}`]),
  ...filter.map(termWords),
]
