import { replyValues } from '@shared/limits/reply'
import { limitError, type ReplyLimits } from './reply-limits'

const quote = 0x22
const backslash = 0x5c
const comma = 0x2c
const colon = 0x3a
const openArray = 0x5b
const closeArray = 0x5d
const openObject = 0x7b
const closeObject = 0x7d
const rowsKey = Buffer.from('items')
/** Rows are parsed in batches of about this size. */
const batchBytes = 64 * 1024
const batchRows = 500
const batchValues = 5_000

/** Byte offsets of a part of the body. */
export interface Span {
  readonly start: number
  readonly end: number
}

/** Positions of the rows of a list: `batches` of whole rows inside the array `all`. */
export interface RowSpans {
  readonly all: Span
  readonly batches: readonly Span[]
}

/**
 * Counts the content of a JSON text as it arrives, and throws FleetError `body-too-large` at the first exceeded limit,
 * before anything is parsed. Also finds the rows of `{"items": […]}`. It does not validate; that is left to the parser.
 */
export class JsonScanner {
  private at = 0
  private values = 0
  private inText = false
  private isEscaped = false
  private textBytes = 0
  private digits = 0
  private valuesThisTurn = 0
  /** Items of each open array or object, outermost first. */
  private readonly open: number[] = []
  private isObject = false
  /** How many bytes of the last text match `items`; -1 if they differ. */
  private matched = -1
  private rowsStart = -1
  private rowsEnd = -1
  private batchStart = 0
  private rowsInBatch = 0
  private readonly batches: Span[] = []

  constructor(
    private readonly operation: string,
    private readonly limits: ReplyLimits,
  ) {}

  scan(piece: Buffer): void {
    for (let index = 0; index < piece.length; index++, this.at++) {
      const byte = piece[index] ?? 0
      if (this.inText) this.text(byte)
      else this.structure(byte)
    }
  }

  /** The rows of a list after all bytes arrived; undefined if there are none or the text is incomplete. */
  rows(): RowSpans | undefined {
    if (this.rowsEnd < 0 || this.open.length > 0) return undefined
    return { all: { start: this.rowsStart, end: this.rowsEnd }, batches: this.batches }
  }

  private get isInRows(): boolean {
    return this.rowsStart >= 0 && this.rowsEnd < 0
  }

  private text(byte: number): void {
    if (++this.textBytes > replyValues.textBytes)
      throw limitError(this.operation, 'a text is too long', replyValues.textBytes / 1024 / 1024, ' MB')
    if (this.isEscaped) this.isEscaped = false
    else if (byte === backslash) this.isEscaped = true
    else if (byte === quote) {
      this.inText = false
      return
    }
    const isNext = this.matched === this.textBytes - 1 && byte === rowsKey[this.matched]
    this.matched = isNext ? this.textBytes : -1
  }

  private structure(byte: number): void {
    switch (byte) {
      case quote:
        this.countValue()
        this.inText = true
        this.textBytes = 0
        this.matched = 0
        break
      case colon:
        this.key()
        break
      case comma:
        this.next()
        break
      case openArray:
      case openObject:
        this.begin(byte === openArray)
        break
      case closeArray:
      case closeObject:
        this.finish()
        break
      default:
        this.scalar(byte)
        return
    }
    this.digits = 0
  }

  private scalar(byte: number): void {
    if (byte <= 0x20) {
      this.digits = 0
      return
    }
    if (this.digits++ === 0) this.countValue()
    if (this.digits > replyValues.numberDigits)
      throw limitError(this.operation, 'a number is too long', replyValues.numberDigits, ' digits')
  }

  private countValue(): void {
    if (++this.values > this.limits.values)
      throw limitError(this.operation, 'it has too many values', this.limits.values)
    if (++this.valuesThisTurn > replyValues.valuesPerTurn)
      throw limitError(this.operation, 'one record has too many values', replyValues.valuesPerTurn)
  }

  private key(): void {
    // It was counted as a value when its text began.
    this.values--
    this.valuesThisTurn--
    if (this.textBytes - 1 > replyValues.keyBytes)
      throw limitError(this.operation, 'a name is too long', replyValues.keyBytes, ' bytes')
  }

  private next(): void {
    const last = this.open.length - 1
    this.matched = -1
    if (last < 0) return
    if (last === 1 && this.isInRows) {
      if (
        ++this.rowsInBatch >= batchRows ||
        this.at - this.batchStart >= batchBytes ||
        this.valuesThisTurn >= batchValues
      )
        this.endBatch()
      return
    }
    const items = (this.open[last] ?? 0) + 1
    if (items >= replyValues.items)
      throw limitError(this.operation, 'a list or an object in it is too long', replyValues.items)
    this.open[last] = items
  }

  private begin(isArray: boolean): void {
    this.countValue()
    if (this.open.length === 0) this.isObject = !isArray
    if (isArray && this.isObject && this.open.length === 1 && this.matched === rowsKey.length) {
      if (this.rowsStart >= 0) throw limitError(this.operation, 'it has several lists of rows', 1)
      this.rowsStart = this.at + 1
      this.startBatch(this.rowsStart)
    }
    this.open.push(0)
    if (this.open.length > replyValues.depth)
      throw limitError(this.operation, 'it is nested too deeply', replyValues.depth, ' levels')
  }

  private finish(): void {
    if (this.open.length === 2 && this.isInRows) {
      this.endBatch()
      this.rowsEnd = this.at
    }
    this.open.pop()
  }

  private startBatch(start: number): void {
    this.batchStart = start
    this.rowsInBatch = 0
    this.valuesThisTurn = 0
  }

  private endBatch(): void {
    this.batches.push({ start: this.batchStart, end: this.at })
    this.startBatch(this.at + 1)
  }
}
