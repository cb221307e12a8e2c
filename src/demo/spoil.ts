import type { PracticeFaults } from '@shared/domain/practice'
import type { Answer } from './answer'

interface ListBody {
  readonly count: number
  readonly items: readonly unknown[]
}

const isList = (body: unknown): body is ListBody =>
  typeof body === 'object' && body !== null && 'items' in body && Array.isArray(body.items) && 'count' in body

/** Text becomes a number, a number text, a yes-or-no text; the shape stays. */
function otherTypes(value: unknown): unknown {
  if (typeof value === 'string') return value.length
  if (typeof value === 'number' || typeof value === 'boolean') return String(value)
  if (Array.isArray(value)) return value.map(otherTypes)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, otherTypes(inner)]))
}

function spoilList({ count, items }: ListBody, faults: PracticeFaults): object {
  const told = faults.lyingCount ? count * 2 + 7 : count
  if (faults.missingItems) return { count: told }
  return { count: told, items: faults.repeatedRows ? items.map((row, at) => (at % 2 ? items[at - 1] : row)) : items }
}

/** Applies the faults that change what a JSON answer says, not how it travels. */
export function spoil(answer: Answer, faults: PracticeFaults): Answer {
  if (answer.status >= 400 || answer.body === undefined) return answer
  const body = isList(answer.body) ? spoilList(answer.body, faults) : answer.body
  return { ...answer, body: faults.wrongTypes ? otherTypes(body) : body }
}
