import type { z } from 'zod'
import type { PracticeFaults } from '@shared/domain/practice'
import type { PracticeRole } from './accounts'
import type { Answer } from './answer'
import { fromZod } from './api-problem'
import type { PracticeVersion } from './options'
import type { RawQuery } from './list-query'
import type { Session } from './sessions'
import type { World } from './world'

/** One request as an operation sees it: already allowed, its body already checked. */
export interface Call<Body> {
  readonly world: World
  readonly query: RawQuery
  /** By their names in small letters, those that come once. */
  readonly headers: Readonly<Record<string, string | undefined>>
  readonly params: Readonly<Record<string, string | undefined>>
  readonly body: Body
  /** The caller's address. */
  readonly address: string
  readonly faults: PracticeFaults
  /** Throws 401 where nobody is signed in. */
  readonly session: () => Session
}

interface Spec {
  readonly method: 'GET' | 'POST'
  /** Relative to /api, with `:name` for its parts that vary. */
  readonly path: string
  readonly allow: 'anyone' | 'signed-in' | readonly PracticeRole[]
  /** Judged by the account's own role, also while its session looks as a tenant. */
  readonly byAccount?: boolean
  /** Allowed while the account must change its password first; everything else is refused with 403. */
  readonly evenWithForcedReset?: true
  /** The first API generation that has it. */
  readonly since?: PracticeVersion
  /** The last one that has it. */
  readonly until?: PracticeVersion
}

export interface Operation extends Spec {
  readonly takesBody: boolean
  /** Its body is bytes, and may be absent. */
  readonly takesBytes?: boolean
  readonly answer: (call: Call<unknown>) => Answer
}

/** An operation without a body. */
export const operation = (spec: Spec & { readonly answer: (call: Call<unknown>) => Answer }): Operation => ({
  ...spec,
  takesBody: false,
})

/** An operation whose body is refused with VALIDATE_FAILED where it does not fit the schema. */
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

/** An operation whose body is a piece of a file; without a body it gets an empty one. */
export const operationWithBytes = (spec: Spec & { readonly answer: (call: Call<Buffer>) => Answer }): Operation => ({
  ...spec,
  takesBody: false,
  takesBytes: true,
  answer: (call) => spec.answer({ ...call, body: Buffer.isBuffer(call.body) ? call.body : Buffer.alloc(0) }),
})
