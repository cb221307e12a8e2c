import type { JsonSchema } from '../facts/facts'

/** Rows of every list in a generated reply. */
const rowsPerList = 2

const integerBits: Readonly<Record<string, number>> = { int32: 2 ** 31 - 1, uint32: 2 ** 32 - 1 }

/** Values in the order of their fields; no two texts or numbers of a reply are the same, as far as the facts allow. */
class Values {
  private last = 0

  of(schema: JsonSchema): unknown {
    const { type, oneOf, properties, items } = schema
    if (oneOf !== undefined) return this.of(oneOf[0] ?? {})
    if (properties !== undefined)
      return Object.fromEntries(Object.entries(properties).map(([key, inner]) => [key, this.of(inner)]))
    if (items !== undefined) return Array.from({ length: rowsPerList }, () => this.of(items))
    if (type === 'object') return {}
    if (type === 'array') return []
    if (type === 'boolean') return true
    return type === 'string' ? this.text(schema) : this.number(schema)
  }

  private text({ enum: choices, format, minLength = 0 }: JsonSchema): unknown {
    const number = ++this.last
    if (choices !== undefined) return choices[number % choices.length]
    if (format === 'date_time') return new Date(Date.UTC(2030, 0, number)).toISOString()
    return `t${number}`.padEnd(minLength, 'x')
  }

  private number({ minimum = 0, maximum, type, format = '' }: JsonSchema): number {
    const number = minimum + ++this.last
    const limit = maximum ?? integerBits[format] ?? Number.MAX_SAFE_INTEGER
    if (number <= limit) return number
    return type === 'integer' ? limit : minimum + (limit - minimum) / (this.last + 1)
  }
}

/** A reply with a value in every field, as the facts say; a list has as many rows as it counts. */
export function conformingReply(schema: JsonSchema): unknown {
  const reply = new Values().of(schema)
  const isList = typeof reply === 'object' && reply !== null && 'items' in reply && 'count' in reply
  return isList ? { ...reply, count: rowsPerList } : reply
}
