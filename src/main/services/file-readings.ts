import { basename } from 'node:path'
import type { FileReading } from '@shared/domain/file-reading'

/** Files that are being read for a window, each under an ID from the window, so that reading can be canceled. */
export class FileReadings {
  private readonly running = new Map<string, AbortController>()

  constructor(private readonly publish: (reading: FileReading) => void) {}

  async run<T>(readingId: string, path: string, read: (signal: AbortSignal) => Promise<T>): Promise<T> {
    const abort = new AbortController()
    this.running.set(readingId, abort)
    this.publish({ readingId, file: basename(path) })
    try {
      return await read(abort.signal)
    } finally {
      this.running.delete(readingId)
    }
  }

  /** Cancels a reading; does nothing if it has ended. */
  cancel(readingId: string): void {
    this.running.get(readingId)?.abort()
  }

  /** Cancels every reading, as the page that asked for them is gone. */
  cancelAll(): void {
    for (const abort of this.running.values()) abort.abort()
  }
}
