import { z } from 'zod'

/** Maximum characters of a ticket or note. */
export const noteMax = 500
export const noteSchema = z.string().max(noteMax)
