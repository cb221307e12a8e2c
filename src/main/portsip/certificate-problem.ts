import type { X509Certificate } from 'node:crypto'
import { isIP } from 'node:net'
import { dateProblem, isSelfSigned } from './certificate-parts'

const selfSigned = 'It is self-signed.'
const words: Readonly<Record<string, string>> = {
  DEPTH_ZERO_SELF_SIGNED_CERT: selfSigned,
  SELF_SIGNED_CERT_IN_CHAIN: 'It was issued by an unknown authority.',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'The server does not send the intermediate certificates.',
  UNABLE_TO_GET_ISSUER_CERT: 'It was issued by an unknown authority.',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'It was issued by an unknown authority.',
  CERT_UNTRUSTED: 'It was issued by an authority that this computer does not trust.',
  CERT_REVOKED: 'It was revoked.',
  EE_KEY_TOO_SMALL: 'Its key is too short.',
}

/** The last of several codes is reported: one about a date hides one about the issuer or the name. */
const inChain: Readonly<Record<string, string>> = {
  CERT_HAS_EXPIRED: 'A certificate of its chain has expired.',
  CERT_NOT_YET_VALID: 'A certificate of its chain is not valid yet.',
}
const otherName = 'It does not cover the address of this server.'

function dates(certificate: X509Certificate, now: number): string {
  const problem = dateProblem(certificate, now)
  if (problem === undefined) return ''
  return `It ${problem}.${Date.parse(certificate.validFrom) > now ? ' This computer’s clock may be wrong.' : ''}`
}

function issuer(certificate: X509Certificate, code: string, hasOwnDate: boolean): string {
  if (isSelfSigned(certificate)) return selfSigned
  if (code === '' || code === 'ERR_TLS_CERT_ALTNAME_INVALID' || (code in inChain && hasOwnDate)) return ''
  return inChain[code] ?? words[code] ?? `It could not be checked (${code}).`
}

/**
 * All reasons why a certificate of `host` is not trusted. `reason` is the code from TLS, undefined if only the pin
 * differs.
 */
export function certificateProblem(
  certificate: X509Certificate,
  reason: unknown,
  host: string,
  now = Date.now(),
): string {
  const code = reason instanceof Error && 'code' in reason ? String(reason.code) : String(reason ?? '')
  const ownDates = dates(certificate, now)
  const covered = isIP(host) === 0 ? certificate.checkHost(host) : certificate.checkIP(host)
  return [issuer(certificate, code, ownDates !== ''), covered === undefined ? otherName : '', ownDates]
    .filter((text) => text !== '')
    .join(' ')
}
