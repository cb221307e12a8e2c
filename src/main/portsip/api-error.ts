import ipaddr from 'ipaddr.js'
import { apiErrorBodySchema, type ApiErrorBody } from '@shared/domain/api-error'
import { visibleText } from '@shared/domain/visible-text'
import type { AppError } from '@shared/ipc/result'
import { fieldErrors } from './field-errors'
import { blockedUntil, retryAfterSeconds } from './reply-times'

/** What of an answer decides about the error. `body` is whatever JSON came, if any did. */
export interface RefusedReply {
  readonly operation: string
  readonly status: number
  readonly headers: Readonly<Record<string, string | undefined>>
  readonly body: unknown
  /** Sign-in: its texts are ours alone, as the PBX's may hold what was sent. */
  readonly signIn: boolean
}

type ApiError = ApiErrorBody['errors'][number]

const firstError = (body: unknown): ApiError | undefined => {
  const parsed = apiErrorBodySchema.safeParse(body)
  return parsed.success ? parsed.data.errors[0] : undefined
}

/** More of a message is not searched. */
const messageMax = 2000

const quote = (text: string): string => {
  const shown = visibleText(text.slice(0, 300).trim())
  return shown === '' ? '' : `: ${shown}`
}

/** The address in "the client IP address 192.0.2.1 has been blocked until …": what the PBX sees us as, also behind a router. */
const addressIn = (message: string): string | undefined =>
  (message.match(/[0-9a-f.:]+/gi) ?? [])
    .map((word) => word.replace(/[.]+$/, ''))
    .find((word) => ipaddr.IPv4.isValidFourPartDecimal(word) || (word.includes(':') && ipaddr.IPv6.isValid(word)))

const denied = (reply: RefusedReply, message: string): Partial<AppError> & Pick<AppError, 'code' | 'message'> => {
  const until = blockedUntil(message, reply.headers['date'])
  const address = addressIn(message)
  return {
    code: 'denied',
    message: 'The PBX blocks the address from which this app connects',
    hint: 'Too many sign-ins failed from there. Wait, use another network, or delete the DENY rule for the address.',
    ...(until !== undefined && { until }),
    ...(address !== undefined && { address }),
  }
}

/** 401 is told apart by the session, which renews the token first; here it means that even that did not help. */
function told(reply: RefusedReply): Partial<AppError> & Pick<AppError, 'code' | 'message'> {
  const { status, headers, signIn } = reply
  const error = firstError(reply.body)
  const code = error?.code.slice(0, 100).toUpperCase() ?? ''
  const message = error?.message?.slice(0, messageMax) ?? ''
  const said = signIn ? '' : quote(message)
  if (status < 500 && code === 'DENIED') return denied(reply, message)
  const retryAfter = retryAfterSeconds(headers['retry-after'])
  const later = retryAfter === undefined ? {} : { retryAfter }
  if (status === 429)
    return {
      code: 'rate-limited',
      message: 'The PBX was asked too often',
      hint: `The request was not carried out. Try again ${retryAfter === undefined ? 'in a moment' : `after ${retryAfter} s, as the PBX asks`}.`,
      ...later,
    }
  // Newer servers answer a wrong password with other statuses and codes than 400 UNAUTHORIZED.
  const wrong = signIn
    ? [400, 401, 403].includes(status) && code !== 'VALIDATE_FAILED'
    : status === 400 && code === 'UNAUTHORIZED'
  if (wrong) return { code: 'refused', message: 'The PBX refused the sign-in: a name, password or code is wrong' }
  if (status === 401) return { code: 'signed-out', message: 'The PBX does not accept the sign-in any more' }
  if (status === 403) return { code: 'forbidden', message: `The role of this account may not do this${said}` }
  if (status === 404) return { code: 'not-found', message: `The PBX does not have this${said}` }
  if (status === 409) return { code: 'conflict', message: `The PBX refused because of a conflict${said}` }
  if (status >= 500) return { ...serverFault(status, said), ...later }
  return { code: 'rejected', message: `The PBX refused the request${said}`, fields: fieldErrors(error?.detail) }
}

function serverFault(status: number, said: string): Pick<AppError, 'code' | 'message'> & { readonly hint?: string } {
  if (status === 502) {
    return {
      code: 'server-error',
      message: 'The PBX answered 502: its API gateway is down, or its disk is full',
      hint: 'Look at the services and the free space of the PBX.',
    }
  }
  if (status === 503) return { code: 'server-error', message: 'The PBX is not available just now (503)' }
  if (status === 504) return { code: 'server-error', message: 'The PBX took too long inside (504)' }
  return { code: 'server-error', message: `Something in the PBX failed (${status})${said}` }
}

/** Words and behaviour for each way in which the PBX refuses (`{errors:[{code,message,detail}]}`, an unknown code is UNKNOWN). */
export function apiError(reply: RefusedReply): AppError {
  const { fields, ...rest } = told(reply)
  return {
    ...rest,
    operation: reply.operation,
    status: reply.status,
    ...(fields !== undefined && fields.length > 0 && { fields }),
  }
}
