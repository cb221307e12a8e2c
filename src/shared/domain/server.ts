import { z } from 'zod'

export const serverIdSchema = z.uuid()
export type ServerId = z.infer<typeof serverIdSchema>

/** How a write to this server must be confirmed; enforced in main. */
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
 * The editable fields of a server. `address` and `secondAddress` are stored normalized as `https://host:port` (see
 * `parseAddress`); an empty second address means none. It contains no secret.
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
  /** Whether to store the password in the OS keychain; otherwise it is entered each time. */
  remember: z.boolean(),
})
export type ServerDraft = z.infer<typeof serverDraftSchema>

/**
 * The fields of a leaf certificate for comparison. Times are RFC 3339, the fingerprint is upper-case hex with colons.
 */
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

/** A server of the workspace, as stored and as sent to the window. */
export const serverRecordSchema = serverDraftSchema.extend({
  id: serverIdSchema,
  /** The certificate that the user trusted at the first address, if it does not chain to the system's roots. */
  pin: certificateViewSchema.optional(),
  /** The same at the second address, where a proxy may present another one. */
  secondPin: certificateViewSchema.optional(),
  activeAddress: addressChoiceSchema,
  /** True for a practice server that this app starts. */
  practice: z.boolean().optional(),
  /** True for a server that is not read in the background and is left out of "Sign in to all". */
  paused: z.boolean().optional(),
  /** The PBX refused the saved password: it is not tried again until a sign-in succeeds. */
  passwordRefused: z.boolean().optional(),
  /** The PBX asked for a verification code at the last sign-in: each sign-in would send another one. */
  codeRequired: z.boolean().optional(),
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
