import type { X509Certificate } from 'node:crypto'
import type { CertificateView } from '@shared/domain/server'

const oneLine = (name: string | undefined): string => (name ?? '').split('\n').join(', ')

/** The PBX may generate its certificate with an invalid date, which is shown unchanged. */
const time = (text: string): string => {
  const ms = Date.parse(text)
  return Number.isNaN(ms) ? text : new Date(ms).toISOString()
}

/** The fields of a certificate that a person compares. */
export const certificateView = (certificate: X509Certificate): CertificateView => ({
  subject: oneLine(certificate.subject),
  issuer: oneLine(certificate.issuer),
  validFrom: time(certificate.validFrom),
  validTo: time(certificate.validTo),
  fingerprint256: certificate.fingerprint256,
  altNames: certificate.subjectAltName?.split(', ') ?? [],
})
