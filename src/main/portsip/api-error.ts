import ipaddr from 'ipaddr.js'
import { apiErrorBodySchema, type ApiErrorBody } from '@shared/domain/api-error'
import { visibleText } from '@shared/domain/visible-text'
import { countText } from '@shared/format/count-text'
import type { AppError } from '@shared/ipc/result'
import { replyValues } from '@shared/limits/reply'
import { fieldErrors } from './field-errors'
import { blockedUntil, retryAfterSeconds } from './reply-times'

/** A refusal; `body` is the parsed JSON, or undefined. */
export interface RefusedReply {
  readonly operation: string
  readonly status: number
  readonly headers: Readonly<Record<string, string | undefined>>
  readonly body: unknown
  /** True for sign-in requests: their errors do not quote the PBX, whose text may repeat the credentials. */
  readonly signIn: boolean
}

type ApiError = ApiErrorBody['errors'][number]

/** What is known of an error apart from the operation and its status. */
type ErrorFields = Partial<AppError> & Pick<AppError, 'code' | 'message'>

const firstError = (body: unknown): ApiError | undefined => {
  const parsed = apiErrorBodySchema.safeParse(body)
  return parsed.success ? parsed.data.errors[0] : undefined
}

/** Only this many characters of a message are searched. */
const messageMax = replyValues.messageCharacters

const quote = (text: string): string => {
  const shown = visibleText(text.slice(0, 300).trim())
  return shown === '' ? '' : `: ${shown}`
}

/**
 * The address in "the client IP address 192.0.2.1 has been blocked until …": ours as the PBX sees it, also behind a
 * router.
 */
const addressIn = (message: string): string | undefined =>
  (message.match(/[0-9a-f.:]+/gi) ?? [])
    .map((word) => word.replace(/[.]+$/, ''))
    .find((word) => ipaddr.IPv4.isValidFourPartDecimal(word) || (word.includes(':') && ipaddr.IPv6.isValid(word)))

const blockedError = (reply: RefusedReply, message: string): ErrorFields => {
  const { until, text: untilText } = blockedUntil(message, reply.headers['date'])
  const address = addressIn(message)
  return {
    code: 'denied',
    message: 'The PBX has blocked your IP address',
    hint: 'Too many failed sign-ins. Wait, use another network, or delete the block rule for the address.',
    ...(until !== undefined && { until }),
    ...(untilText !== undefined && { untilText }),
    ...(address !== undefined && { address }),
  }
}

/** The session handles 401 first by renewing the token, so a 401 here means that renewal did not help. */
function errorFields(reply: RefusedReply): ErrorFields {
  const { status, headers, signIn } = reply
  const error = firstError(reply.body)
  const code = error?.code.slice(0, 100).toUpperCase() ?? ''
  const message = error?.message?.slice(0, messageMax) ?? ''
  const serverMessage = signIn ? '' : quote(message)
  if (status < 500 && code === 'DENIED') return blockedError(reply, message)
  const retryAfter = retryAfterSeconds(headers['retry-after'])
  const later = retryAfter === undefined ? {} : { retryAfter }
  if (status === 429)
    return {
      code: 'rate-limited',
      message: 'Rate limit reached (429). The PBX did not process this request',
      hint: `Retry ${retryAfter === undefined ? 'later' : `after ${countText(retryAfter, 'second')}, as the PBX asks`}.`,
      ...later,
    }
  // Newer servers reply to a wrong password with other statuses and codes than 400 UNAUTHORIZED.
  const isWrongPassword = signIn
    ? [400, 401, 403].includes(status) && code !== 'VALIDATE_FAILED'
    : status === 400 && code === 'UNAUTHORIZED'
  if (isWrongPassword) return refusedSignIn(status, error !== undefined)
  if (status === 401) return { code: 'signed-out', message: 'Session expired' }
  if (status === 403) return { code: 'forbidden', message: `This account does not have permission${serverMessage}` }
  if (status === 404) return { code: 'not-found', message: `Not found on the PBX${serverMessage}` }
  if (status === 409) return { code: 'conflict', message: `The PBX reported a conflict${serverMessage}` }
  if (status >= 500) return { ...serverFault(status, serverMessage, signIn), ...later }
  return {
    code: 'rejected',
    message: `The PBX refused the request${serverMessage}`,
    fields: fieldErrors(error?.detail),
  }
}

/** A 401 or 403 in another form than an error of the PBX says nothing about the password. */
const refusedSignIn = (status: number, isErrorOfPbx: boolean): ErrorFields =>
  isErrorOfPbx || status === 400
    ? { code: 'refused', message: 'Sign-in refused: wrong username or password' }
    : {
        code: 'refused',
        message: `Sign-in refused (${status}), but not with an error of the PBX`,
        hint: 'The password may be right: a proxy or firewall before the PBX may have refused the request. Check the address. The PBX may count this as a failed sign-in.',
      }

function serverFault(status: number, serverMessage: string, signIn: boolean): ErrorFields {
  if (status === 502) {
    return {
      code: 'server-error',
      message: 'Bad gateway (502): the API gateway of the PBX is down, or its disk is full',
      hint: 'Check the services and the free disk space of the PBX.',
    }
  }
  const hint = signIn ? { hint: 'The PBX may count this as a failed sign-in.' } : {}
  if (status === 503) return { code: 'server-error', message: 'The PBX is unavailable (503)', ...hint }
  if (status === 504) return { code: 'server-error', message: 'Gateway timeout (504)', ...hint }
  return { code: 'server-error', message: `Internal error of the PBX (${status})${serverMessage}`, ...hint }
}

/** The error for each kind of refusal (`{errors:[{code,message,detail}]}`; an unknown code is UNKNOWN). */
export function apiError(reply: RefusedReply): AppError {
  const { fields, ...rest } = errorFields(reply)
  return {
    ...rest,
    operation: reply.operation,
    status: reply.status,
    ...(fields !== undefined && fields.length > 0 && { fields }),
  }
}
