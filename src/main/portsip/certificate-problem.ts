import { localDate } from '@shared/format/time'
import type { X509Certificate } from 'node:crypto'

const words: Readonly<Record<string, string>> = {
  DEPTH_ZERO_SELF_SIGNED_CERT: 'It is self-signed.',
  SELF_SIGNED_CERT_IN_CHAIN: 'It was issued by an unknown authority.',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'The server does not send the intermediate certificates.',
  UNABLE_TO_GET_ISSUER_CERT: 'It was issued by an unknown authority.',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'It was issued by an unknown authority.',
  CERT_UNTRUSTED: 'It was issued by an authority that this computer does not trust.',
  CERT_REVOKED: 'It was revoked.',
  ERR_TLS_CERT_ALTNAME_INVALID: 'It does not cover the address of this server.',
  EE_KEY_TOO_SMALL: 'Its key is too short.',
  CERT_HAS_EXPIRED: '',
  CERT_NOT_YET_VALID: '',
}

function dates(certificate: X509Certificate, now: number): string {
  if (Date.parse(certificate.validTo) < now) return `It expired on ${localDate(certificate.validTo)}.`
  if (Date.parse(certificate.validFrom) > now)
    return `It is not valid before ${localDate(certificate.validFrom)}. This computer’s clock may be wrong.`
  return ''
}

/** Why a certificate is not trusted. `reason` is the code from TLS, undefined if only the pin differs. */
export function certificateProblem(certificate: X509Certificate, reason: unknown, now = Date.now()): string {
  const code = reason instanceof Error && 'code' in reason ? String(reason.code) : String(reason ?? '')
  const why = code === '' ? '' : (words[code] ?? 'It could not be checked.')
  return [why, dates(certificate, now)].filter((text) => text !== '').join(' ')
}
