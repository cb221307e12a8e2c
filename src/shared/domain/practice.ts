import { z } from 'zod'

/**
 * API generations of the practice PBX: up to 22.1 without /auth/*, 22.2 has it, 22.3 adds roles with capabilities, 22.6
 * adds fields and a second factor for administrators, and 22.8 lets every administrator read transports and SBC.
 */
export const practiceVersions = ['22.0', '22.1', '22.2', '22.3', '22.6', '22.8'] as const
export const practiceVersionSchema = z.enum(practiceVersions)
export type PracticeVersion = (typeof practiceVersions)[number]

export const wireCodings = ['gzip', 'deflate', 'raw-deflate', 'br'] as const
export const wireFramings = ['length', 'chunked', 'close'] as const

/**
 * Transfer of a response: its compression, and how its end is marked. `cut` loses the second half: `inside` of the
 * compressed data with a regular end, or `connection` at the end of the TCP connection, without a close_notify.
 */
export const practiceWireSchema = z.object({
  coding: z.enum(wireCodings).optional(),
  framing: z.enum(wireFramings),
  cut: z.enum(['inside', 'connection']).optional(),
})
export type PracticeWire = z.infer<typeof practiceWireSchema>

/**
 * Faults of a practice server. `latencyMs` delays every response; the others are on or off. `onlyPath` limits faults of
 * a response to paths with this prefix, optionally with a method (`/ip_filters`, `GET /ip_filters`), and `times` to
 * this many responses, after which they are off.
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
  /** Retry-After for `status`: seconds or an HTTP date. */
  retryAfter: z.string().optional(),
  redirectStatus: z.literal([301, 302, 303, 307, 308]).optional(),
  redirectTo: z.string().optional(),
  /** Lists always return their first page, so they never end. */
  ignoresSkip: z.boolean().optional(),
  /** Replaces the usual hostile name in Content-Disposition. */
  hostileName: z.string().optional(),
  bombEncoding: z.enum(['gzip', 'br']).optional(),
  /** Replaces the JSON of a response, for text that no JSON library would write. */
  body: z.string().optional(),
  wire: practiceWireSchema.optional(),
  /** The row with this index, from 0, is counted but never returned. */
  hiddenRow: z.int().min(0).optional(),
  /** Changes are confirmed but not made. */
  ignoresWrites: z.boolean().optional(),
  /** Responses are delayed until this is turned off; the requests are carried out. */
  holdReplies: z.boolean().optional(),
  /** A change is made this many milliseconds after its connection was closed without a response. */
  commitsLateMs: z.int().min(0).max(60_000).optional(),
  /** A renewed session belongs to the account with this name. */
  renewsAs: z.string().optional(),
  /** All sessions of the system administrator now have this role. */
  actsAs: z.enum(['Dealer', 'Admin', 'StandardUser']).optional(),
  /** From 22.3 on: what the role of the system administrator may do, such as `Trunk.ViewOnly`. */
  capabilities: z.array(z.string()).optional(),
  /** The PBX was upgraded to this version; sessions and data remain. */
  version: practiceVersionSchema.optional(),
  /**
   * Fields of JSON replies are missing, null or of another type, depending on the seed; identifiers, tokens and rows
   * remain.
   */
  mutateSeed: z.int().min(0).optional(),
  /** Pages after the first report this count. */
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
