import { z } from 'zod'

export const readingIdSchema = z.uuid()

/** A file that main reads for the window from now on; `file` is its name, empty if the window knows it. */
export interface FileReading {
  readonly readingId: string
  readonly file: string
}
