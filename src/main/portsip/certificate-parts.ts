import type { KeyObject, X509Certificate } from 'node:crypto'
import { localDate } from '@shared/format/time'

/** The public key; undefined for a kind of key that the TLS library of the app does not support, such as brainpool. */
export function publicKeyOf(certificate: X509Certificate): KeyObject | undefined {
  try {
    return certificate.publicKey
  } catch {
    return undefined
  }
}

/** Not `checkIssued`, which is false for a certificate that must not issue others, although it is self-signed. */
export function isSelfSigned(certificate: X509Certificate): boolean {
  if (certificate.subject !== certificate.issuer) return false
  const key = publicKeyOf(certificate)
  try {
    return key === undefined || certificate.verify(key)
  } catch {
    return false
  }
}

/** The extension 2.5.29.15 in DER. */
const keyUsageId = Buffer.from([0x06, 0x03, 0x55, 0x1d, 0x0f])
const critical = Buffer.from([0x01, 0x01, 0xff])

/** False if the key usage lacks `digitalSignature`, without which no current TLS connection can be made. */
export function allowsSignatures({ raw }: X509Certificate): boolean {
  const at = raw.indexOf(keyUsageId)
  if (at === -1) return true
  let rest = raw.subarray(at + keyUsageId.length)
  if (rest.subarray(0, critical.length).equals(critical)) rest = rest.subarray(critical.length)
  // OCTET STRING, length, BIT STRING, length, unused bits, bits
  const [octets, , bits, , , usage = 0] = rest
  return octets !== 0x04 || bits !== 0x03 || (usage & 0x80) !== 0
}

/** The extension 2.5.29.19 in DER. */
const basicConstraintsId = Buffer.from([0x06, 0x03, 0x55, 0x1d, 0x13])

/**
 * True for an authority. A root of version 1 cannot say that it is one: it may issue unless it says that it is none.
 */
export const mayIssue = (certificate: X509Certificate): boolean =>
  certificate.ca || (isSelfSigned(certificate) && !certificate.raw.includes(basicConstraintsId))

const serverAuthentication = '1.3.6.1.5.5.7.3.1'

/** False if the extended key usage is for other purposes only. */
export const isForServers = ({ keyUsage }: X509Certificate): boolean =>
  !Array.isArray(keyUsage) || keyUsage.length === 0 || keyUsage.includes(serverAuthentication)

/** Node prints the times of a certificate as text for people. */
const dayOf = (time: string): string => localDate(new Date(time).toISOString())

/** Why a certificate is not valid now, to follow its name in a sentence. */
export function dateProblem({ validFrom, validTo }: X509Certificate, now: number): string | undefined {
  if (Date.parse(validTo) < now) return `expired on ${dayOf(validTo)}`
  return Date.parse(validFrom) > now ? `is not valid before ${dayOf(validFrom)}` : undefined
}
