import { X509Certificate, type KeyObject } from 'node:crypto'
import { rootCertificates } from 'node:tls'
import { isSelfSigned, publicKeyOf } from '../../portsip/certificate-parts'
import { certificateView } from '../../portsip/certificate-view'
import type { ChainCertificate } from '@shared/domain/certificate'

/** `left` are certificates outside the chain; `reordered` is true if the given order was different. */
export interface Chain {
  readonly certificates: readonly X509Certificate[]
  readonly unrelated: readonly X509Certificate[]
  readonly reordered: boolean
}

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

const isValidAt = ({ validFrom, validTo }: X509Certificate, now: number): boolean =>
  Date.parse(validFrom) <= now && now <= Date.parse(validTo)

/** Of several certificates for the same key, such as before and after a renewal, the one to use: valid now, ends last. */
const bestOf = (certificates: readonly X509Certificate[], now: number): X509Certificate | undefined =>
  certificates.toSorted(
    (a, b) => Number(isValidAt(b, now)) - Number(isValidAt(a, now)) || Date.parse(b.validTo) - Date.parse(a.validTo),
  )[0]

/** Orders certificates: the one that matches the key first, then each issuer, as far as they are present. */
export function chainOf(unordered: readonly X509Certificate[], key: KeyObject | undefined, now: number): Chain {
  const unique = unordered.filter(
    (certificate, index) =>
      unordered.findIndex(({ fingerprint256 }) => fingerprint256 === certificate.fingerprint256) === index,
  )
  const leaf =
    (key &&
      bestOf(
        unique.filter((certificate) => matchesKey(certificate, key)),
        now,
      )) ??
    bestOf(
      unique.filter((certificate) => !unique.some((other) => other !== certificate && isIssuedBy(certificate, other))),
      now,
    ) ??
    unique[0]
  const certificates: X509Certificate[] = []
  for (let next = leaf; next !== undefined;) {
    certificates.push(next)
    const current: X509Certificate = next
    next = isSelfSigned(current)
      ? undefined
      : bestOf(
          unique.filter((certificate) => !certificates.includes(certificate) && isIssuedBy(certificate, current)),
          now,
        )
  }
  const unrelated = unique.filter((certificate) => !certificates.includes(certificate))
  const inGivenOrder = unique.filter((certificate) => certificates.includes(certificate))
  return {
    certificates,
    unrelated,
    reordered: inGivenOrder.some((certificate, index) => certificate !== certificates[index]),
  }
}

let publicRoots: readonly X509Certificate[] | undefined

/** True if a public authority issued it. They are parsed on first use, which takes some ten milliseconds. */
function isIssuedByRoot(certificate: X509Certificate): boolean {
  publicRoots ??= rootCertificates.map((pem) => new X509Certificate(pem))
  return publicRoots.some((root) => root.subject === certificate.issuer && isIssuedBy(root, certificate))
}

/** The last certificate if its issuer is neither in the files nor a public authority. */
export function endsOpen({ certificates }: Chain): X509Certificate | undefined {
  const top = certificates.at(-1)
  return top === undefined || isSelfSigned(top) || isIssuedByRoot(top) ? undefined : top
}

const usualNames: Readonly<Record<string, string>> = {
  prime256v1: 'P-256',
  secp384r1: 'P-384',
  secp521r1: 'P-521',
}

/** The type of a certificate's key as text. */
export function keyText(certificate: X509Certificate): string {
  const publicKey = publicKeyOf(certificate)
  if (publicKey === undefined) return 'not supported'
  const { asymmetricKeyType: type = '', asymmetricKeyDetails: details } = publicKey
  if (type.startsWith('rsa')) return `RSA ${details?.modulusLength ?? ''} bits`
  const { namedCurve: curve = '' } = details ?? {}
  return type === 'ec' ? `EC ${usualNames[curve] ?? curve}`.trim() : type
}

export const chainView = (certificates: readonly X509Certificate[]): readonly ChainCertificate[] =>
  certificates.map((certificate) => ({ ...certificateView(certificate), key: keyText(certificate) }))
