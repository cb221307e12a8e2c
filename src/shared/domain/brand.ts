import { z } from 'zod'
import { selectedLimits } from '../limits/selected'

/** The two images of a brand. */
export const brandImageUses = ['logo', 'favicon'] as const
export const brandImageUseSchema = z.enum(brandImageUses)
export type BrandImageUse = z.infer<typeof brandImageUseSchema>

/** Bytes; a limit of the app, because the API documents none. */
export const brandImageMax = selectedLimits.imageBytes

export const brandImageTypes = ['image/png', 'image/jpeg', 'image/gif', 'image/x-icon'] as const
export type BrandImageType = (typeof brandImageTypes)[number]

/**
 * A selected image, which main keeps until it is sent. `digest` is the SHA-256 of its bytes in hex, `preview` a data
 * URL.
 */
export interface BrandImage {
  readonly id: string
  readonly name: string
  readonly type: BrandImageType
  readonly size: number
  readonly digest: string
  readonly preview: string
}

const sentImageSchema = z.object({ name: z.string(), size: z.int(), digest: z.string() })

/**
 * The last values that this app sent to a server, by field; the API cannot read the brand. `answered` is false if the
 * last request got no response.
 */
export const brandSentSchema = z.object({
  serverId: z.string(),
  /** RFC 3339. */
  sentAt: z.string(),
  answered: z.boolean(),
  values: z.record(z.string(), z.string()),
  images: z.partialRecord(brandImageUseSchema, sentImageSchema),
})
export type BrandSent = z.infer<typeof brandSentSchema>
