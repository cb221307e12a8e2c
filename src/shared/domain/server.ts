import { z } from 'zod'

export const serverIdSchema = z.uuid()
export type ServerId = z.infer<typeof serverIdSchema>

/** How a write to this server is confirmed; main enforces it. */
export const protectionLevels = ['open', 'ask', 'type-name', 'read-only'] as const
export const protectionSchema = z.enum(protectionLevels)
export type Protection = z.infer<typeof protectionSchema>

export const serverColours = ['none', 'red', 'orange', 'yellow', 'green', 'teal', 'blue', 'purple'] as const
export const serverColourSchema = z.enum(serverColours)
export type ServerColour = z.infer<typeof serverColourSchema>

const oneLine = (max: number) =>
  z
    .string()
    .max(max)
    .regex(/^[^\p{Cc}]*$/u, 'Line breaks and control characters are not allowed')

/**
 * What a person types about a server. `address` and `secondAddress` are stored normalised, `https://host:port` (see
 * `parseAddress`); an empty second address means that there is none. It has no secret.
 */
export const serverDraftSchema = z.object({
  name: oneLine(120).trim().min(1, 'Enter a name'),
  address: z.string().min(1, 'Enter an address').max(300),
  secondAddress: z.string().max(300),
  folder: oneLine(120).trim(),
  tags: z.array(oneLine(40).trim().min(1)).max(20).readonly(),
  colour: serverColourSchema,
  protection: protectionSchema,
  notes: z.string().max(4000),
  username: oneLine(64).trim(),
  /** SIP domain of a tenant; empty for a system administrator or a dealer. */
  domain: oneLine(280).trim(),
  /** Whether the password goes to the OS keychain or is asked each time. */
  remember: z.boolean(),
})
export type ServerDraft = z.infer<typeof serverDraftSchema>

/** Parts of a leaf certificate that a person compares. Times are RFC 3339, the fingerprint is upper-case hex with colons. */
export const certificateViewSchema = z.object({
  subject: z.string(),
  issuer: z.string(),
  validFrom: z.string(),
  validTo: z.string(),
  fingerprint256: z.string().regex(/^([0-9A-F]{2}:){31}[0-9A-F]{2}$/),
  altNames: z.array(z.string()).readonly(),
})
export type CertificateView = z.infer<typeof certificateViewSchema>

export const addressChoiceSchema = z.enum(['first', 'second'])
export type AddressChoice = z.infer<typeof addressChoiceSchema>

/** One server of the workspace as it is stored and as the window sees it. */
export const serverRecordSchema = serverDraftSchema.extend({
  id: serverIdSchema,
  /** The certificate that a person accepted for this server, where it does not chain to the system's roots. */
  pin: certificateViewSchema.optional(),
  activeAddress: addressChoiceSchema,
  /** True for a practice server that this app starts itself. */
  practice: z.boolean().optional(),
})
export type ServerRecord = z.infer<typeof serverRecordSchema>

export const emptyServerDraft: ServerDraft = {
  name: '',
  address: '',
  secondAddress: '',
  folder: '',
  tags: [],
  colour: 'none',
  protection: 'ask',
  notes: '',
  username: '',
  domain: '',
  remember: true,
}
