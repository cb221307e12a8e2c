import { z } from 'zod'

/** API generations that the practice PBX speaks: 22.0 has no /auth/*, 22.2 has it, 22.6 adds fields and a second factor for admins. */
export const practiceVersions = ['22.0', '22.2', '22.6'] as const
export const practiceVersionSchema = z.enum(practiceVersions)

export const wireCodings = ['gzip', 'deflate', 'raw-deflate', 'br'] as const
export const wireFramings = ['length', 'chunked', 'close'] as const

/**
 * How the bytes of a response travel: compressed or not, and how their end is marked. `cut` loses the second half: `inside` of the compressed data, whose
 * end is then marked as usual, `connection` with the end of the TCP connection, without a close_notify.
 */
export const practiceWireSchema = z.object({
  coding: z.enum(wireCodings).optional(),
  framing: z.enum(wireFramings),
  cut: z.enum(['inside', 'connection']).optional(),
})
export type PracticeWire = z.infer<typeof practiceWireSchema>

/**
 * Faults that can be switched on for a practice server. `latencyMs` delays every answer; the others are on or off. `onlyPath` limits those that concern
 * an answer to paths with this prefix, with or without a method before it (`/ip_filters`, `GET /ip_filters`), and `times` to so many answers, after which they are off.
 */
export const practiceFaultsSchema = z.object({
  latencyMs: z.int().min(0).max(60_000),
  dropMidBody: z.boolean(),
  dropAfterReceive: z.boolean(),
  status: z.literal([0, 400, 401, 403, 429, 500, 502, 503]),
  endlessBody: z.boolean(),
  gzipBomb: z.boolean(),
  wrongContentType: z.boolean(),
  brokenJson: z.boolean(),
  redirect: z.boolean(),
  slowBytes: z.boolean(),
  hugeHeader: z.boolean(),
  wrongTypes: z.boolean(),
  missingItems: z.boolean(),
  lyingCount: z.boolean(),
  repeatedRows: z.boolean(),
  hostileFileName: z.boolean(),
  certificateChanged: z.boolean(),
  clockSkewSeconds: z.int().min(-86_400).max(86_400),
  refuseConnections: z.boolean(),
  expireTokens: z.boolean(),
  refuseRefresh: z.boolean(),
  onlyPath: z.string().optional(),
  times: z.int().min(0).optional(),
  /** The value of Retry-After that goes with `status`: seconds or an HTTP date. */
  retryAfter: z.string().optional(),
  redirectStatus: z.literal([301, 302, 303, 307, 308]).optional(),
  redirectTo: z.string().optional(),
  /** Lists give their first page whatever is asked, so that they never end. */
  ignoresSkip: z.boolean().optional(),
  /** Stands in Content-Disposition instead of the usual hostile one. */
  hostileName: z.string().optional(),
  bombEncoding: z.enum(['gzip', 'br']).optional(),
  /** Stands in place of what a JSON answer says, as it is: for what no JSON library would write. */
  body: z.string().optional(),
  wire: practiceWireSchema.optional(),
  /** The row of a list with this index, from 0, is counted but never returned. */
  hiddenRow: z.int().min(0).optional(),
  /** Changes are answered as if they were made, and are not. */
  ignoresWrites: z.boolean().optional(),
  /** Replies are held until this is switched off; what was asked for is done. */
  holdReplies: z.boolean().optional(),
  /** A change is made so many milliseconds after its connection was dropped without a reply. */
  commitsLateMs: z.int().min(0).max(60_000).optional(),
  /** A renewed session belongs to the account with this name. */
  renewsAs: z.string().optional(),
  /** Fields of JSON replies are missing, null or of another type, some for each seed; identifiers, tokens and rows stay. */
  mutateSeed: z.int().min(0).optional(),
  /** Pages after the first state this count. */
  laterCount: z.int().min(0).optional(),
})
export type PracticeFaults = z.infer<typeof practiceFaultsSchema>

export const noFaults: PracticeFaults = {
  latencyMs: 0,
  dropMidBody: false,
  dropAfterReceive: false,
  status: 0,
  endlessBody: false,
  gzipBomb: false,
  wrongContentType: false,
  brokenJson: false,
  redirect: false,
  slowBytes: false,
  hugeHeader: false,
  wrongTypes: false,
  missingItems: false,
  lyingCount: false,
  repeatedRows: false,
  hostileFileName: false,
  certificateChanged: false,
  clockSkewSeconds: 0,
  refuseConnections: false,
  expireTokens: false,
  refuseRefresh: false,
}
