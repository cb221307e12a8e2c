/** A number of JSON text that JavaScript would write with other digits. */
export class JsonNumber {
  constructor(readonly text: string) {}
}

interface JsonValue {
  readonly ok: true
  /** As `JSON.parse` returns it, but for numbers with other digits. */
  readonly value: unknown
  /** Whether JavaScript has exactly these numbers. */
  readonly isExact: boolean
  /** The name that an object has more than once. */
  readonly repeated: ReadonlyMap<object, string>
}

/** `isCutOff` says that the text is JSON up to its end, and goes on; `at` is the place where it is wrong. */
interface NoJson {
  readonly ok: false
  readonly at: number
  readonly isCutOff: boolean
}

class Stop extends Error {
  constructor(
    readonly at: number,
    readonly isCutOff: boolean,
  ) {
    super()
  }
}

const blanks = /[ \t\n\r]*/y
const number = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y
const likeNumber = /-?[\d.eE+-]*/y
// The parser refuses control characters in texts.
// oxlint-disable-next-line no-control-regex
const plainText = /[^"\\\u0000-\u001f]*/y
const words = [
  ['true', true],
  ['false', false],
  ['null', null],
] as const

/** Digits without the zeros around them, and the power of ten of the last one. */
function decimalOf(text: string): string {
  const [, whole = '', fraction = '', power = '0'] = /^-?(\d+)(?:\.(\d+))?(?:[eE]([+-]?\d+))?$/.exec(text) ?? []
  const digits = (whole + fraction).replace(/^0+/, '')
  const short = digits.replace(/0+$/, '')
  return short === '' ? '0' : `${short}e${Number(power) - fraction.length + digits.length - short.length}`
}

class Reader {
  readonly repeated = new Map<object, string>()
  isExact = true
  private at = 0

  constructor(
    private readonly text: string,
    private readonly levels: number,
    private readonly onDeeper: (() => never) | undefined,
  ) {}

  whole(): unknown {
    const value = this.value(0)
    this.skip(blanks)
    if (this.at < this.text.length) throw new Stop(this.at, false)
    return value
  }

  private value(depth: number): unknown {
    this.skip(blanks)
    const sign = this.text[this.at]
    if (sign === '"') return this.string()
    if (sign === '{' || sign === '[') {
      if (depth > this.levels) this.refuseDeeper()
      this.at += 1
      return sign === '{' ? this.object(depth) : this.list(depth)
    }
    return sign !== undefined && /[-\d]/.test(sign) ? this.number() : this.word()
  }

  private list(depth: number): readonly unknown[] {
    const values: unknown[] = []
    if (this.isNext(']')) return values
    do values.push(this.value(depth + 1))
    while (this.goesOn(']'))
    return values
  }

  private object(depth: number): object {
    const entries: (readonly [string, unknown])[] = []
    if (this.isNext('}')) return {}
    do {
      this.skip(blanks)
      if (this.text[this.at] !== '"') this.stop()
      const name = this.string()
      if (!this.isNext(':')) this.stop()
      entries.push([name, this.value(depth + 1)])
    } while (this.goesOn('}'))
    const object = Object.fromEntries(entries)
    if (Object.keys(object).length < entries.length) {
      const names = new Set<string>()
      const name = entries.find(([each]) => names.size === names.add(each).size)?.[0]
      this.repeated.set(object, name ?? '')
    }
    return object
  }

  private string(): string {
    const start = this.at
    this.at += 1
    for (;;) {
      this.skip(plainText)
      const sign = this.text[this.at]
      if (sign !== '"' && sign !== '\\') this.stop()
      this.at += sign === '"' ? 1 : 2
      if (sign === '"') break
    }
    try {
      return JSON.parse(this.text.slice(start, this.at)) as string
    } catch {
      throw new Stop(start, false)
    }
  }

  private number(): number | JsonNumber {
    const start = this.at
    const like = this.skip(likeNumber)
    number.lastIndex = start
    const text = number.exec(this.text)?.[0] ?? ''
    if (text !== like) throw new Stop(start, this.at === this.text.length && /^-?(?:[\d.]+(?:[eE][+-]?)?)?$/.test(like))
    const [value, plain] = [Number(text), String(Number(text))]
    if (plain === text) return value
    const isSame = decimalOf(plain) === decimalOf(text)
    if (!isSame) this.isExact = false
    return isSame && /[eE]/.test(text) && !plain.includes('e') ? value : new JsonNumber(text)
  }

  private word(): boolean | null {
    for (const [word, value] of words) {
      if (!this.text.startsWith(word, this.at)) continue
      this.at += word.length
      return value
    }
    const rest = this.text.slice(this.at, this.at + 5)
    throw new Stop(
      this.at,
      words.some(([word]) => word.startsWith(rest)),
    )
  }

  /** Whether another value follows; otherwise the list or object is over. */
  private goesOn(end: ']' | '}'): boolean {
    if (this.isNext(',')) return true
    if (!this.isNext(end)) this.stop()
    return false
  }

  private isNext(sign: string): boolean {
    this.skip(blanks)
    if (this.text[this.at] !== sign) return false
    this.at += 1
    return true
  }

  private skip(form: RegExp): string {
    form.lastIndex = this.at
    const text = form.exec(this.text)?.[0] ?? ''
    this.at += text.length
    return text
  }

  private refuseDeeper(): never {
    this.onDeeper?.()
    throw new Stop(this.at, false)
  }

  private stop(): never {
    throw new Stop(Math.min(this.at, this.text.length), this.at >= this.text.length)
  }
}

/**
 * Reads JSON and loses nothing: numbers keep their digits, and a name that an object has more than once is reported.
 * More than so many levels of lists and objects are no JSON, unless `onDeeper` throws.
 */
export function readJson(text: string, levels: number, onDeeper?: () => never): JsonValue | NoJson {
  const reader = new Reader(text, levels, onDeeper)
  try {
    const value = reader.whole()
    return { ok: true, value, isExact: reader.isExact, repeated: reader.repeated }
  } catch (error) {
    if (error instanceof Stop) return { ok: false, at: error.at, isCutOff: error.isCutOff }
    throw error
  }
}

/** A value of `readJson` as JSON text, with all digits. */
export function jsonText(value: unknown): string {
  if (value instanceof JsonNumber) return value.text
  if (Array.isArray(value)) return `[${value.map(jsonText).join(',')}]`
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  return `{${Object.entries(value)
    .map(([name, inner]) => `${JSON.stringify(name)}:${jsonText(inner)}`)
    .join(',')}}`
}

/** The name that an object within a value has more than once, if there is one. */
export function repeatedName(repeated: ReadonlyMap<object, string>, value: unknown): string | undefined {
  if (repeated.size === 0 || typeof value !== 'object' || value === null) return undefined
  return (
    repeated.get(value) ??
    Object.values(value)
      .map((inner) => repeatedName(repeated, inner))
      .find((name) => name !== undefined)
  )
}
