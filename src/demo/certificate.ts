import { X509Certificate } from 'node:crypto'
import { isIP } from 'node:net'
import { generate } from 'selfsigned'

export type CertificateKind = 'valid-self-signed' | 'expired' | 'wrong-name' | 'ca-signed'

/** A key pair in PEM with its SHA-256 fingerprint; `ca` is the certificate of an issuer to trust. */
export interface Identity {
  readonly key: string
  readonly cert: string
  readonly fingerprint256: string
  readonly ca?: string
}

const day = 86_400_000
const defaultNames = ['localhost', '127.0.0.1', '127.0.0.2', '::1']

const altNames = (names: readonly string[]) =>
  names.map((name) => (isIP(name) === 0 ? { type: 2 as const, value: name } : { type: 7 as const, ip: name }))

const common = (name: string) => [
  { name: 'commonName', value: name },
  { name: 'organizationName', value: 'PBX Fleet practice' },
]

const authority = () =>
  generate(common('Practice CA'), {
    keyType: 'ec',
    curve: 'P-256',
    algorithm: 'sha256',
    notBeforeDate: new Date(Date.now() - day),
    notAfterDate: new Date(Date.now() + 3650 * day),
    extensions: [
      { name: 'basicConstraints', cA: true, critical: true },
      { name: 'keyUsage', keyCertSign: true, cRLSign: true, critical: true },
    ],
  })

const yearAndDay = 366

/** Generates a P-256 key and a certificate for loopback that expires in `days`, optionally with a fault. */
export async function makeIdentity(
  kind: CertificateKind,
  names: readonly string[] = defaultNames,
  days = 365,
): Promise<Identity> {
  const own = kind === 'wrong-name' ? ['pbx.somewhere-else.example'] : names
  const issuer = kind === 'ca-signed' ? await authority() : undefined
  const to = kind === 'expired' ? -1 : days
  const from = Math.min(-1, to - yearAndDay)
  const made = await generate(common(own[0] ?? 'localhost'), {
    keyType: 'ec',
    curve: 'P-256',
    algorithm: 'sha256',
    notBeforeDate: new Date(Date.now() + from * day),
    notAfterDate: new Date(Date.now() + to * day),
    extensions: [
      { name: 'basicConstraints', cA: false, critical: true },
      { name: 'keyUsage', digitalSignature: true, critical: true },
      { name: 'extKeyUsage', serverAuth: true },
      { name: 'subjectAltName', altNames: altNames(own) },
    ],
    ...(issuer === undefined ? {} : { ca: { key: issuer.private, cert: issuer.cert } }),
  })
  return {
    key: made.private,
    cert: made.cert,
    fingerprint256: new X509Certificate(made.cert).fingerprint256,
    ...(issuer === undefined ? {} : { ca: issuer.cert }),
  }
}
