import type { KeyObject, X509Certificate } from 'node:crypto'
import { certificateView } from '../../portsip/certificate-view'
import type { ChainCertificate } from '@shared/domain/certificate'

/** `left` are certificates outside the chain; `reordered` is true if the given order was different. */
export interface Chain {
  readonly certificates: readonly X509Certificate[]
  readonly left: readonly X509Certificate[]
  readonly reordered: boolean
}

const isSelfSigned = (one: X509Certificate): boolean => one.checkIssued(one)

function issued(by: X509Certificate, one: X509Certificate): boolean {
  try {
    return one.checkIssued(by) && one.verify(by.publicKey)
  } catch {
    return false
  }
}

export function fits(certificate: X509Certificate, key: KeyObject): boolean {
  try {
    return certificate.checkPrivateKey(key)
  } catch {
    return false
  }
}

/** Orders certificates: the one that matches the key first, then each issuer, as far as they are present. */
export function chainOf(given: readonly X509Certificate[], key: KeyObject | undefined): Chain {
  const unique = given.filter(
    (one, at) => given.findIndex(({ fingerprint256 }) => fingerprint256 === one.fingerprint256) === at,
  )
  const leaf =
    (key && unique.find((one) => fits(one, key))) ??
    unique.find((one) => !unique.some((other) => other !== one && issued(one, other))) ??
    unique[0]
  const certificates: X509Certificate[] = []
  for (let next = leaf; next !== undefined;) {
    certificates.push(next)
    const current: X509Certificate = next
    next = isSelfSigned(current) ? undefined : unique.find((one) => !certificates.includes(one) && issued(one, current))
  }
  const left = unique.filter((one) => !certificates.includes(one))
  const inGivenOrder = unique.filter((one) => certificates.includes(one))
  return { certificates, left, reordered: inGivenOrder.some((one, at) => one !== certificates[at]) }
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
  certificates.map((one) => ({ ...certificateView(one), key: keyText(one) }))
