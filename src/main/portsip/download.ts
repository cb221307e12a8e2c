import { sizeError } from './reply-limits'

/** Frees the place in the token bucket once: at the end of the request, or later when a stream ends. */
export class Release {
  private isDeferred = false
  constructor(private readonly free: () => void) {}

  /** True if a stream frees the place. */
  get isLater(): boolean {
    return this.isDeferred
  }

  later(): () => void {
    this.isDeferred = true
    return this.free
  }

  now(): void {
    if (!this.isDeferred) this.free()
  }
}

/** The same chunks, up to `max` bytes. */
export async function* limited(pieces: AsyncIterable<Buffer>, operation: string, max: number): AsyncIterable<Buffer> {
  let size = 0
  for await (const piece of pieces) {
    size += piece.length
    if (size > max) throw sizeError(operation, max)
    yield piece
  }
}

/** The raw name in Content-Disposition; the RFC 5987 form is preferred. It may be unsafe as a file name. */
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
