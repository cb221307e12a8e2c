import type { z } from 'zod'
import type { PracticeFaults } from '@shared/domain/practice'
import type { PracticeRole } from './accounts'
import type { Answer } from './answer'
import { fromZod } from './api-problem'
import type { PracticeVersion } from './options'
import type { RawQuery } from './list-query'
import type { Session } from './sessions'
import type { World } from './world'

/** One request for an operation, already authorized and validated. */
export interface Call<Body> {
  readonly world: World
  readonly query: RawQuery
  /** Headers by lower-case name, without repeated ones. */
  readonly headers: Readonly<Record<string, string | undefined>>
  readonly params: Readonly<Record<string, string | undefined>>
  readonly body: Body
  /** The caller's address. */
  readonly address: string
  readonly faults: PracticeFaults
  /** Throws 401 if not signed in. */
  readonly session: () => Session
}

interface Spec {
  readonly method: 'GET' | 'POST'
  /** Relative to /api, with `:name` for variable parts. */
  readonly path: string
  readonly allow: 'anyone' | 'signed-in' | readonly PracticeRole[]
  /** Authorized by the role of the account, even while its session views as tenant administrator. */
  readonly byAccount?: boolean
  /** Allowed while the account must change its password; other operations get 403. */
  readonly evenWithForcedReset?: true
  /** The first API generation with this operation. */
  readonly since?: PracticeVersion
  /** The last one with this operation. */
  readonly until?: PracticeVersion
}

export interface Operation extends Spec {
  readonly takesBody: boolean
  /** The body is bytes and optional. */
  readonly takesBytes?: boolean
  readonly answer: (call: Call<unknown>) => Answer
}

/** An operation without a body. */
export const operation = (spec: Spec & { readonly answer: (call: Call<unknown>) => Answer }): Operation => ({
  ...spec,
  takesBody: false,
})

/** An operation whose body must match the schema; otherwise VALIDATE_FAILED. */
export const operationWithBody = <Body>(
  spec: Spec & { readonly body: z.ZodType<Body>; readonly answer: (call: Call<Body>) => Answer },
): Operation => ({
  ...spec,
  takesBody: true,
  answer: (call) => {
    const parsed = spec.body.safeParse(call.body)
    if (!parsed.success) throw fromZod(parsed.error)
    return spec.answer({ ...call, body: parsed.data })
  },
})

/** An operation with a chunk of a file as body; a missing body is an empty chunk. */
export const operationWithBytes = (spec: Spec & { readonly answer: (call: Call<Buffer>) => Answer }): Operation => ({
  ...spec,
  takesBody: false,
  takesBytes: true,
  answer: (call) => spec.answer({ ...call, body: Buffer.isBuffer(call.body) ? call.body : Buffer.alloc(0) }),
})
