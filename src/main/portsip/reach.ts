import type { ErrorCode, FleetError } from '@shared/ipc/result'
import { CertificateError } from './tls-trust'

/** Errors after the head of a response: its rest did not arrive, or it redirects to another server. */
const unreachableCodes: ReadonlySet<ErrorCode> = new Set(['offline', 'timeout', 'redirected'])

/** Responses that show nothing about the PBX. */
const unusableCodes: ReadonlySet<ErrorCode> = new Set(['bad-reply', 'body-too-large', 'redirected'])

/**
 * RFC 9110, 15.6: from a gateway that got no usable response from the server behind it, or from a server that is
 * unavailable.
 */
const gatewayStatuses: ReadonlySet<number> = new Set([502, 503, 504])

/**
 * True if a failed request shows that the PBX does not respond: no connection, no encryption, no HTTP, an incomplete
 * response, a redirect, or a gateway's 502, 503 or 504. `replied`: the head of a response arrived. An untrusted
 * certificate does not count.
 */
export function isOutOfReach(error: FleetError, replied: boolean): boolean {
  if (error instanceof CertificateError || error.detail.code === 'cancelled') return false
  const { code, status = 0 } = error.detail
  return !replied || unreachableCodes.has(code) || gatewayStatuses.has(status)
}

/** True if the PBX itself responded with an error, such as a refusal or a rate limit. */
export const isPbxReply = ({ detail: { code, status = 0 } }: FleetError): boolean =>
  status >= 400 && !gatewayStatuses.has(status) && !unusableCodes.has(code)
