import { webcrypto, X509Certificate } from 'node:crypto'
import {
  BasicConstraintsExtension,
  cryptoProvider,
  ExtendedKeyUsageExtension,
  KeyUsagesExtension,
  SubjectAlternativeNameExtension,
  X509CertificateGenerator,
  type Extension,
  type KeyUsageFlags,
} from '@peculiar/x509'

cryptoProvider.set(webcrypto as Crypto)
const algorithm = {
  name: 'RSASSA-PKCS1-v1_5',
  hash: 'SHA-256',
  publicExponent: new Uint8Array([1, 0, 1]),
  modulusLength: 2048,
}

/** RSA, which every PBX supports. */
export const newKeys = (modulusLength = algorithm.modulusLength): Promise<webcrypto.CryptoKeyPair> =>
  webcrypto.subtle.generateKey({ ...algorithm, modulusLength }, true, ['sign', 'verify'])

/** In PEM, as PKCS#8. */
export async function pemOfKey({ privateKey }: webcrypto.CryptoKeyPair): Promise<string> {
  const der = Buffer.from(await webcrypto.subtle.exportKey('pkcs8', privateKey))
  const lines = der
    .toString('base64')
    .replaceAll(/(.{64})/g, '$1\n')
    .trimEnd()
  return `-----BEGIN PRIVATE KEY-----\n${lines}\n-----END PRIVATE KEY-----\n`
}

interface Wish {
  readonly name: string
  readonly keys: webcrypto.CryptoKeyPair
  /** By default it signs itself. */
  readonly issuer?: { readonly name: string; readonly keys: webcrypto.CryptoKeyPair }
  readonly from: Date
  readonly to: Date
  readonly isAuthority?: boolean
  readonly keyUsage?: KeyUsageFlags
  /** Object identifiers. */
  readonly extendedKeyUsage?: readonly string[]
  readonly names?: readonly string[]
}

/** A certificate with properties that `selfsigned` cannot give it, in PEM. */
export async function issue(wish: Wish): Promise<string> {
  const { name, keys, from, to, isAuthority = false, keyUsage, extendedKeyUsage, names } = wish
  const issuer = wish.issuer ?? { name, keys }
  const extensions: Extension[] = [new BasicConstraintsExtension(isAuthority, undefined, true)]
  if (keyUsage !== undefined) extensions.push(new KeyUsagesExtension(keyUsage, true))
  if (extendedKeyUsage !== undefined) extensions.push(new ExtendedKeyUsageExtension([...extendedKeyUsage]))
  if (names !== undefined)
    extensions.push(new SubjectAlternativeNameExtension(names.map((value) => ({ type: 'dns' as const, value }))))
  const certificate = await X509CertificateGenerator.create({
    ...{ subject: `CN=${name}`, issuer: `CN=${issuer.name}`, notBefore: from, notAfter: to, extensions },
    ...{ publicKey: keys.publicKey, signingKey: issuer.keys.privateKey, signingAlgorithm: algorithm },
  })
  return `${certificate.toString('pem')}\n`
}

export const x509 = (pem: string): X509Certificate => new X509Certificate(pem)
