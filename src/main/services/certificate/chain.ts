import type { KeyObject, X509Certificate } from 'node:crypto'
import { certificateView } from '../../portsip/certificate-view'
import type { ChainCertificate } from '@shared/domain/certificate'

/** `left` are certificates outside the chain; `reordered` is true if the given order was different. */
export interface Chain {
  readonly certificates: readonly X509Certificate[]
  readonly unrelated: readonly X509Certificate[]
  readonly reordered: boolean
}

const isSelfSigned = (certificate: X509Certificate): boolean => certificate.checkIssued(certificate)

function isIssuedBy(issuer: X509Certificate, certificate: X509Certificate): boolean {
  try {
    return certificate.checkIssued(issuer) && certificate.verify(issuer.publicKey)
  } catch {
    return false
  }
}

export function matchesKey(certificate: X509Certificate, key: KeyObject): boolean {
  try {
    return certificate.checkPrivateKey(key)
  } catch {
    return false
  }
}

/** Orders certificates: the one that matches the key first, then each issuer, as far as they are present. */
export function chainOf(unordered: readonly X509Certificate[], key: KeyObject | undefined): Chain {
  const unique = unordered.filter(
    (certificate, index) =>
      unordered.findIndex(({ fingerprint256 }) => fingerprint256 === certificate.fingerprint256) === index,
  )
  const leaf =
    (key && unique.find((certificate) => matchesKey(certificate, key))) ??
    unique.find((certificate) => !unique.some((other) => other !== certificate && isIssuedBy(certificate, other))) ??
    unique[0]
  const certificates: X509Certificate[] = []
  for (let next = leaf; next !== undefined;) {
    certificates.push(next)
    const current: X509Certificate = next
    next = isSelfSigned(current)
      ? undefined
      : unique.find((certificate) => !certificates.includes(certificate) && isIssuedBy(certificate, current))
  }
  const unrelated = unique.filter((certificate) => !certificates.includes(certificate))
  const inGivenOrder = unique.filter((certificate) => certificates.includes(certificate))
  return {
    certificates,
    unrelated,
    reordered: inGivenOrder.some((certificate, index) => certificate !== certificates[index]),
  }
}

/** True if only the leaf is present although it has another issuer. */
export const lacksIssuer = ({ certificates: [leaf, ...rest] }: Chain): boolean =>
  leaf !== undefined && rest.length === 0 && !isSelfSigned(leaf)

const usualNames: Readonly<Record<string, string>> = {
  prime256v1: 'P-256',
  secp384r1: 'P-384',
  secp521r1: 'P-521',
}

/** The type of a certificate's key as text. */
export function keyText({ publicKey }: X509Certificate): string {
  const { asymmetricKeyType: type = '', asymmetricKeyDetails: details } = publicKey
  if (type.startsWith('rsa')) return `RSA ${details?.modulusLength ?? ''} bits`
  const { namedCurve: curve = '' } = details ?? {}
  return type === 'ec' ? `EC ${usualNames[curve] ?? curve}`.trim() : type
}

export const chainView = (certificates: readonly X509Certificate[]): readonly ChainCertificate[] =>
  certificates.map((certificate) => ({ ...certificateView(certificate), key: keyText(certificate) }))
