import type { X509Certificate } from 'node:crypto'
import type { CertificateView } from '@shared/domain/server'

const oneLine = (name: string | undefined): string => (name ?? '').split('\n').join(', ')

/** The PBX writes its certificate itself: a date may be one that cannot be. */
const time = (text: string): string => {
  const ms = Date.parse(text)
  return Number.isNaN(ms) ? text : new Date(ms).toISOString()
}

/** What a person compares of a certificate. */
export const certificateView = (certificate: X509Certificate): CertificateView => ({
  subject: oneLine(certificate.subject),
  issuer: oneLine(certificate.issuer),
  validFrom: time(certificate.validFrom),
  validTo: time(certificate.validTo),
  fingerprint256: certificate.fingerprint256,
  altNames: certificate.subjectAltName?.split(', ') ?? [],
})
