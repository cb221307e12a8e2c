import { X509Certificate } from 'node:crypto'
import type { CertificateView } from '@shared/domain/server'

const oneLine = (name: string): string => name.split('\n').join(', ')

/** The fields of a PEM certificate that a person compares. */
export function certificateOfPem(pem: string): CertificateView {
  const certificate = new X509Certificate(pem)
  return {
    subject: oneLine(certificate.subject),
    issuer: oneLine(certificate.issuer),
    validFrom: new Date(certificate.validFrom).toISOString(),
    validTo: new Date(certificate.validTo).toISOString(),
    fingerprint256: certificate.fingerprint256,
    altNames: certificate.subjectAltName?.split(', ') ?? [],
  }
}
