import type { ErrorCode, FleetError } from '@shared/ipc/result'
import { CertificateError } from './tls-trust'

/** After the head of a reply: its rest was lost, or it was sent on to another server. */
const lostReply: ReadonlySet<ErrorCode> = new Set(['offline', 'timeout', 'redirected'])

/** Replies that something answered and that show nothing about the PBX. */
const unusable: ReadonlySet<ErrorCode> = new Set(['bad-reply', 'body-too-large', 'redirected'])

/** By RFC 9110 (15.6) these come from a gateway that got nothing usable from the server behind it, or from a server that cannot serve now. */
const fromGateway: ReadonlySet<number> = new Set([502, 503, 504])

/**
 * Whether a failed request shows that nothing of the PBX answers: no connection, no encryption, no HTTP reply, a reply that broke off, a redirect, or a
 * gateway's 502, 503 or 504. `replied`: the head of a reply came. A certificate that is not trusted is another matter.
 */
export function isOutOfReach(error: FleetError, replied: boolean): boolean {
  if (error instanceof CertificateError || error.detail.code === 'cancelled') return false
  const { code, status = 0 } = error.detail
  return !replied || lostReply.has(code) || fromGateway.has(status)
}

/** Whether a failed request was answered by the PBX itself: a refusal, an error of its own, a rate limit. */
export const isAnswer = ({ detail: { code, status = 0 } }: FleetError): boolean =>
  status >= 400 && !fromGateway.has(status) && !unusable.has(code)
