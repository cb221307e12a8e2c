import { z } from 'zod'

/**
 * The body of a refusal. Only UNKNOWN and VALIDATE_FAILED are documented; UNAUTHORIZED and DENIED were observed at
 * sign-in. An unknown code is treated as UNKNOWN. `detail` may be anything.
 */
export const apiErrorBodySchema = z.looseObject({
  errors: z
    .array(z.looseObject({ code: z.string(), message: z.string().nullish(), detail: z.unknown().optional() }))
    .min(1),
})
export type ApiErrorBody = z.infer<typeof apiErrorBodySchema>
