import { z } from 'zod'

/** The longest ticket or note, in characters. */
export const noteMax = 500
export const noteSchema = z.string().max(noteMax)
