import { sizeBeyond } from './reply-limits'

/** Gives the place in the bucket back once: at the end of the request, or later when a stream has ended. */
export class Release {
  private held = false
  constructor(private readonly free: () => void) {}

  /** Whether the request ends later than the call that made it. */
  get isLater(): boolean {
    return this.held
  }

  later(): () => void {
    this.held = true
    return this.free
  }

  now(): void {
    if (!this.held) this.free()
  }
}

/** The same pieces, up to `max` bytes. */
export async function* limited(pieces: AsyncIterable<Buffer>, operation: string, max: number): AsyncIterable<Buffer> {
  let size = 0
  for await (const piece of pieces) {
    size += piece.length
    if (size > max) throw sizeBeyond(operation, max)
    yield piece
  }
}

/** The raw name out of Content-Disposition; RFC 5987 wins over the plain form. Whoever writes it to disk makes it safe. */
export function fileNameOf(disposition: string | undefined): string | undefined {
  if (disposition === undefined) return undefined
  const extended = /filename\*\s*=\s*utf-8''([^;\s]+)/i.exec(disposition)?.[1]
  if (extended !== undefined) {
    try {
      return decodeURIComponent(extended)
    } catch {
      return extended
    }
  }
  const quoted = /filename\s*=\s*"((?:[^"\\]|\\.)*)"/i.exec(disposition)?.[1]
  return quoted?.replace(/\\(["\\])/g, '$1') ?? /filename\s*=\s*([^;\s"]+)/i.exec(disposition)?.[1]
}
