import { compareValues } from '@shared/rows/order'
import { orderTests, textTests } from '@shared/rows/filter'

export type Row = Readonly<Record<string, unknown>>
export type Predicate = (row: Row) => boolean

type Literal = string | number | boolean | null
type Token =
  | { readonly kind: 'word' | 'punctuation'; readonly text: string }
  | { readonly kind: 'literal'; readonly value: Literal }

const time = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:\d{2})$/
const pattern =
  /\s*(?:'((?:[^']|'')*)'|(\d{4}-\d{2}-\d{2}T[\d:.]+(?:Z|[+-]\d{2}:\d{2}))|(-?\d+(?:\.\d+)?)(?![\w.])|([A-Za-z_]\w*)|([(),]))/y

function tokenize(text: string): Token[] {
  const tokens: Token[] = []
  pattern.lastIndex = 0
  const end = text.trimEnd().length
  while (pattern.lastIndex < end) {
    const at = pattern.lastIndex
    const match = pattern.exec(text)
    if (match === null) throw new SyntaxError(`Not understood at position ${at}`)
    const [, quoted, instant, number, word, punctuation] = match
    if (quoted !== undefined) tokens.push({ kind: 'literal', value: quoted.replaceAll("''", "'") })
    else if (instant !== undefined) tokens.push({ kind: 'literal', value: instant })
    else if (number !== undefined) tokens.push({ kind: 'literal', value: Number(number) })
    else if (word === 'null') tokens.push({ kind: 'literal', value: null })
    else if (word === 'true' || word === 'false') tokens.push({ kind: 'literal', value: word === 'true' })
    else if (word !== undefined) tokens.push({ kind: 'word', text: word })
    else if (punctuation !== undefined) tokens.push({ kind: 'punctuation', text: punctuation })
  }
  return tokens
}

const orders: Readonly<Record<string, (order: number) => boolean>> = orderTests
const functions: Readonly<Record<string, (text: string, part: string) => boolean>> = textTests

/** Times are compared as instants, because 10:00:00Z and 10:00:00.000Z are equal. */
function comparison(field: string, operator: string, literal: Literal): Predicate {
  const instant = typeof literal === 'string' && time.test(literal) ? Date.parse(literal) : undefined
  const expected = instant ?? literal
  const read = (row: Row): unknown => {
    const value = row[field] ?? null
    return instant !== undefined && typeof value === 'string' ? Date.parse(value) : value
  }
  if (operator === 'eq') return (row) => read(row) === expected
  if (operator === 'ne') return (row) => read(row) !== expected
  const order = orders[operator]
  if (order === undefined) throw new SyntaxError(`Unknown operator ${operator}`)
  return (row) => {
    const value = read(row)
    const isComparable = typeof value === typeof expected && (typeof value === 'number' || typeof value === 'string')
    return isComparable && order(compareValues(value, expected))
  }
}

class Parser {
  private at = 0

  constructor(
    private readonly tokens: readonly Token[],
    private readonly fields: ReadonlySet<string>,
  ) {}

  parse(): Predicate {
    const result = this.either()
    if (this.at < this.tokens.length) throw new SyntaxError('Something follows after the end of the expression')
    return result
  }

  private either(): Predicate {
    const first = this.both()
    if (!this.accept('word', 'or')) return first
    const rest = this.either()
    return (row) => first(row) || rest(row)
  }

  private both(): Predicate {
    const first = this.single()
    if (!this.accept('word', 'and')) return first
    const rest = this.both()
    return (row) => first(row) && rest(row)
  }

  private single(): Predicate {
    if (this.accept('word', 'not')) {
      const inner = this.single()
      return (row) => !inner(row)
    }
    if (this.accept('punctuation', '(')) {
      const inner = this.either()
      this.expect(')')
      return inner
    }
    const name = this.word()
    const call = functions[name]
    return call !== undefined && this.accept('punctuation', '(') ? this.call(call) : this.comparison(name)
  }

  private call(test: (text: string, part: string) => boolean): Predicate {
    const field = this.field(this.word())
    this.expect(',')
    const part = this.literal()
    if (typeof part !== 'string') throw new SyntaxError('The second argument must be text in single quotes')
    this.expect(')')
    return (row) => {
      const value = row[field]
      return typeof value === 'string' && test(value, part)
    }
  }

  private comparison(name: string): Predicate {
    const field = this.field(name)
    const operator = this.word()
    return comparison(field, operator, this.literal())
  }

  private field(name: string): string {
    if (!this.fields.has(name)) throw new SyntaxError(`Unknown field ${name}`)
    return name
  }

  private accept(kind: 'word' | 'punctuation', text: string): boolean {
    const token = this.tokens[this.at]
    if (token === undefined || token.kind !== kind || token.text !== text) return false
    this.at++
    return true
  }

  private expect(text: string): void {
    if (!this.accept('punctuation', text)) throw new SyntaxError(`Expected ${text}`)
  }

  private word(): string {
    const token = this.tokens[this.at++]
    if (token?.kind !== 'word') throw new SyntaxError('Expected a name')
    return token.text
  }

  private literal(): Literal {
    const token = this.tokens[this.at++]
    if (token?.kind !== 'literal') throw new SyntaxError('Expected a value')
    return token.value
  }
}

/**
 * Compiles an OData filter (eq ne gt ge lt le, and, or, not, parentheses, startswith, endswith, contains) to one
 * function, so that filtering 100,000 rows is fast. Throws SyntaxError, also for a field that is not in `fields`.
 */
export const compileFilter = (text: string, fields: ReadonlySet<string>): Predicate =>
  new Parser(tokenize(text), fields).parse()
