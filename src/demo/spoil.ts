import type { PracticeFaults } from '@shared/domain/practice'
import type { Answer } from './answer'
import { mutated } from './mutate'

interface ListBody {
  readonly count: number
  readonly items: readonly unknown[]
}

const isList = (body: unknown): body is ListBody =>
  typeof body === 'object' && body !== null && 'items' in body && Array.isArray(body.items) && 'count' in body

/** Numbers instead of text, text instead of numbers and booleans; the structure remains. */
function otherTypes(value: unknown): unknown {
  if (typeof value === 'string') return value.length
  if (typeof value === 'number' || typeof value === 'boolean') return String(value)
  if (Array.isArray(value)) return value.map(otherTypes)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, otherTypes(inner)]))
}

function spoilList({ count, items }: ListBody, faults: PracticeFaults, skip: number): object {
  const later = skip > 0 ? faults.laterCount : undefined
  const stated = later ?? (faults.lyingCount ? count * 2 + 7 : count)
  if (faults.missingItems) return { count: stated }
  const rows = faults.repeatedRows ? items.map((row, index) => (index % 2 ? items[index - 1] : row)) : items
  return { count: stated, items: rows.filter((_row, index) => skip + index !== faults.hiddenRow) }
}

/**
 * Applies faults that change the content of a JSON response. `skip` is that of the request, `path` is relative to /api.
 */
export function spoil(answer: Answer, faults: PracticeFaults, skip: number, path: string): Answer {
  if (answer.status >= 400 || answer.body === undefined) return answer
  const body = isList(answer.body) ? spoilList(answer.body, faults, skip) : answer.body
  const { wrongTypes, mutateSeed } = faults
  const typed = wrongTypes ? otherTypes(body) : body
  return { ...answer, body: mutateSeed === undefined ? typed : mutated(typed, mutateSeed, path) }
}
