import type { z } from 'zod'

export interface FieldDetail {
  readonly field: string
  readonly message: string
}

/** A refusal in API format: `{errors: [{code, message, detail}]}` with an HTTP status. */
export class ApiProblem extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
    readonly detail?: readonly FieldDetail[],
    readonly headers: Readonly<Record<string, string>> = {},
  ) {
    super(message)
  }

  body(): object {
    const { code, message, detail } = this
    return { errors: [detail === undefined ? { code, message } : { code, message, detail }] }
  }
}

/** The format of `detail` is not documented; clients must not depend on it. */
export const validationProblem = (detail: readonly FieldDetail[]): ApiProblem =>
  new ApiProblem(400, 'VALIDATE_FAILED', 'The request is not valid', detail)

export const fromZod = (error: z.ZodError): ApiProblem =>
  validationProblem(error.issues.map((issue) => ({ field: issue.path.join('.'), message: issue.message })))

export const notFound = (what: string): ApiProblem => new ApiProblem(404, 'NOT_FOUND', `${what} does not exist`)

export const loginFailed = (): ApiProblem => new ApiProblem(400, 'UNAUTHORIZED', 'Login failed, authentication error')

export const notSignedIn = (): ApiProblem => new ApiProblem(401, 'UNAUTHORIZED', 'A valid access token is required')

export const passwordChangeRequired = (): ApiProblem =>
  new ApiProblem(403, 'FORBIDDEN', 'The password must be changed first')

export const notYourRole = (): ApiProblem => new ApiProblem(403, 'FORBIDDEN', 'The role may not do this')
