import { z } from 'zod'

export const readingIdSchema = z.uuid()

/** A file that main has started to read for the window; `file` is its name, empty if the window knows it. */
export interface FileReading {
  readonly readingId: string
  readonly file: string
}
