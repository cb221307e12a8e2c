import { parse, type DuplicateKeyInfo } from 'lossless-json'
import { withoutEndZeros } from '@shared/numbers/end-zeros'

/** A single value that is kept as text. */
export class JsonLeaf {
  constructor(readonly text: string) {}
}

/** A number of JSON text that JavaScript would write with other digits. */
export class JsonNumber extends JsonLeaf {}

/** In place of the different values that an object has for one name. */
export class RepeatedValue extends JsonLeaf {
  /** So that it equals no value that follows. */
  readonly unequal = Number.NaN
  constructor(
    readonly name: string,
    values: readonly unknown[],
  ) {
    super(values.map(jsonText).join(', '))
  }
}

interface JsonValue {
  readonly ok: true
  /** As `JSON.parse` returns it, but for numbers with other digits and repeated names. */
  readonly value: unknown
  /** Whether JavaScript has exactly these numbers. */
  readonly isExact: boolean
}

/** `isCutOff` says that the text is JSON up to its end, and goes on; `at` is the place where it is wrong. */
interface NoJson {
  readonly ok: false
  readonly at: number
  readonly isCutOff: boolean
}

/** Digits without the zeros around them, and the power of ten of the last one. */
function decimalOf(text: string): string {
  const [, whole = '', fraction = '', power = '0'] = /^-?(\d+)(?:\.(\d+))?(?:[eE]([+-]?\d+))?$/.exec(text) ?? []
  const digits = (whole + fraction).replace(/^0+/, '')
  const short = withoutEndZeros(digits)
  return short === '' ? '0' : `${short}e${Number(power) - fraction.length + digits.length - short.length}`
}

const textsAndBrackets = /"[^"\\]*(?:\\.[^"\\]*)*"?|[[{]|[\]}]/gs

/** Whether lists and objects have more than so many levels within the outer one. */
function isDeeperText(text: string, levels: number): boolean {
  let depth = 0
  for (const [sign] of text.matchAll(textsAndBrackets)) {
    if (sign === '[' || sign === '{') depth += 1
    else if (sign === ']' || sign === '}') depth -= 1
    if (depth > levels + 1) return true
  }
  return false
}

/** Words and escapes may begin where the text ends. */
const begun = /^(?:t(?:ru?)?|f(?:a(?:ls?)?)?|n(?:ul?)?|\\(?:u[\da-f]{0,3})?)$/i

function noJson(text: string, { message }: Error): NoJson {
  const at = Math.min(text.length, Number(/at position (\d+)/.exec(message)?.[1] ?? text.length))
  return { ok: false, at, isCutOff: at === text.length || begun.test(text.slice(at, at + 7)) }
}

/**
 * Reads JSON and loses nothing: numbers keep their digits, and a name for which an object has different values is found
 * by `repeatedName`. More than so many levels of lists and objects are no JSON, unless `onDeeper` throws.
 */
export function readJson(text: string, levels: number, onDeeper?: () => never): JsonValue | NoJson {
  if (isDeeperText(text, levels)) {
    onDeeper?.()
    return { ok: false, at: 0, isCutOff: false }
  }
  let isExact = true
  const parseNumber = (digits: string): number | JsonNumber => {
    const [value, plain] = [Number(digits), String(Number(digits))]
    if (plain === digits) return value
    const isSame = decimalOf(plain) === decimalOf(digits)
    if (!isSame) isExact = false
    return isSame && /[eE]/.test(digits) && !plain.includes('e') ? value : new JsonNumber(digits)
  }
  const onDuplicateKey = ({ key, oldValue, newValue }: DuplicateKeyInfo): RepeatedValue =>
    new RepeatedValue(key, [oldValue, newValue])
  try {
    const value = parse(text, undefined, { parseNumber, onDuplicateKey })
    return { ok: true, value, isExact }
  } catch (error) {
    if (error instanceof SyntaxError) return noJson(text, error)
    throw error
  }
}

/** A value of `readJson` as JSON text, with all digits. */
export function jsonText(value: unknown): string {
  if (value instanceof JsonLeaf) return value.text
  if (Array.isArray(value)) return `[${value.map(jsonText).join(',')}]`
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  return `{${Object.entries(value)
    .map(([name, inner]) => `${JSON.stringify(name)}:${jsonText(inner)}`)
    .join(',')}}`
}

/** The name for which an object within a value has different values, if there is one. */
export function repeatedName(value: unknown): string | undefined {
  if (value instanceof RepeatedValue) return value.name
  if (typeof value !== 'object' || value === null) return undefined
  for (const inner of Object.values(value)) {
    const name = repeatedName(inner)
    if (name !== undefined) return name
  }
  return undefined
}
