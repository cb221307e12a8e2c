import type { X509Certificate } from 'node:crypto'

const words: Readonly<Record<string, string>> = {
  DEPTH_ZERO_SELF_SIGNED_CERT: 'It is self-signed.',
  SELF_SIGNED_CERT_IN_CHAIN: 'It comes from an authority that this computer does not know.',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'The server does not send the certificates between this one and a known authority.',
  UNABLE_TO_GET_ISSUER_CERT: 'It comes from an authority that this computer does not know.',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'It comes from an authority that this computer does not know.',
  CERT_UNTRUSTED: 'It comes from an authority that this computer does not trust.',
  CERT_REVOKED: 'It was revoked.',
  ERR_TLS_CERT_ALTNAME_INVALID: 'It was made for another name than the address of this server.',
  EE_KEY_TOO_SMALL: 'Its key is too short to be safe.',
  CERT_HAS_EXPIRED: '',
  CERT_NOT_YET_VALID: '',
}

const day = (text: string): string => {
  const ms = Date.parse(text)
  return Number.isNaN(ms) ? text : new Date(ms).toISOString().slice(0, 10)
}

function dates(certificate: X509Certificate, now: number): string {
  if (Date.parse(certificate.validTo) < now) return `It has expired: it ended on ${day(certificate.validTo)}.`
  if (Date.parse(certificate.validFrom) > now)
    return `It is not valid yet: it begins on ${day(certificate.validFrom)}. This computer’s clock may be wrong.`
  return ''
}

/** Why a certificate is not trusted, in words; `reason` is the code that TLS gave, absent where only the pin differs. */
export function certificateProblem(certificate: X509Certificate, reason: unknown, now = Date.now()): string {
  const code = reason instanceof Error && 'code' in reason ? String(reason.code) : String(reason ?? '')
  const why = code === '' ? '' : (words[code] ?? 'It could not be checked.')
  return [why, dates(certificate, now)].filter((text) => text !== '').join(' ')
}
