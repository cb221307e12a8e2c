import { createPublicKey, X509Certificate } from 'node:crypto'
import { FleetError } from '@shared/ipc/result'

const rejected = (message: string, hint: string): FleetError => new FleetError({ code: 'rejected', message, hint })

/** PEM text has no zero bytes except in UTF-16, and DER begins with a long sequence. */
export const isBinary = (bytes: Buffer): boolean => bytes[0] === 0x30 && (bytes[1] ?? 0) >= 0x80

function isCertificate(bytes: Buffer): boolean {
  try {
    return new X509Certificate(bytes).raw.length > 0
  } catch {
    return false
  }
}

function isPublicKey(bytes: Buffer): boolean {
  try {
    return createPublicKey({ key: bytes, format: 'der', type: 'spki' }).type === 'public'
  } catch {
    return false
  }
}

/** The object identifiers of PKCS#7 (signed data) and of the contents of a PFX file. */
const signedData = Buffer.from([0x06, 0x09, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x07, 0x02])
const headBytes = 32

const otherwise =
  'PEM text begins with -----BEGIN. A PFX or DER file must be converted first, for example with openssl.'

/** What a file is that contains no PEM text, and how to convert it. */
export function notPem(file: string, bytes: Buffer): FleetError {
  const head = bytes.subarray(0, headBytes)
  if (isCertificate(bytes))
    return rejected(
      `${file} is a certificate in DER`,
      'Convert it to PEM, for example with openssl x509 -inform der -in FILE -out cert.pem.',
    )
  if (head.subarray(0, 4 + signedData.length + 1).includes(signedData))
    return rejected(
      `${file} is a PKCS#7 file in DER`,
      'Convert it to PEM, for example with openssl pkcs7 -inform der -print_certs -in FILE -out chain.pem.',
    )
  if (bytes[0] === 0x30 && isPublicKey(bytes)) return rejected(`${file} is a public key`, 'Add the private key.')
  if (bytes[0] === 0x30 && head.includes(signedData.subarray(0, 10)))
    return rejected(
      `${file} is a PFX (PKCS#12) file`,
      'Convert it to PEM, for example with openssl pkcs12 -nodes -in FILE -out all.pem.',
    )
  return rejected(`${file} is not text`, otherwise)
}

type Kind = readonly [what: string, hint: string]

const pkcs7: Kind = [
  'is a PKCS#7 file',
  'Convert it to PEM, for example with openssl pkcs7 -print_certs -in FILE -out chain.pem.',
]
const certificateRequest: Kind = [
  'is a certificate request',
  'Send it to the certificate authority, and add the certificate that it issues.',
]
const kinds: Readonly<Record<string, Kind>> = {
  PKCS7: pkcs7,
  CMS: pkcs7,
  'CERTIFICATE REQUEST': certificateRequest,
  'NEW CERTIFICATE REQUEST': certificateRequest,
  'OPENSSH PRIVATE KEY': [
    'is a private key in the format of OpenSSH',
    'Convert a copy of it to PEM with ssh-keygen -p -m PEM -f COPY.',
  ],
  'PUBLIC KEY': ['is a public key', 'Add the private key.'],
  'X509 CRL': ['is a revocation list', 'Add the certificate and the private key.'],
}

/** Formats without PEM text, by how their file begins. */
const beginnings: readonly (readonly [RegExp, Kind])[] = [
  [
    /^PuTTY-User-Key-File/,
    [
      'is a private key in the format of PuTTY',
      'Save it in PuTTYgen with Conversions > Export OpenSSH key, then convert that file to PEM with ssh-keygen -p -m PEM -f COPY.',
    ],
  ],
  [/^(?:ssh-|ecdsa-)|^---- BEGIN SSH2 PUBLIC/, ['is a public key in the format of OpenSSH', 'Add the private key.']],
  [/^-----BEGIN PGP /, ['is a PGP key or message', 'Add the certificate and the private key of the web server.']],
  // eslint-disable-next-line no-control-regex -- that is how it begins
  [/^PK\u0003\u0004/, ['is a ZIP file', 'Extract it, and add the files in it.']],
  [
    /^\u00fe\u00ed\u00fe\u00ed/,
    [
      'is a Java key store',
      'Convert it to PKCS#12 with keytool -importkeystore, then to PEM with openssl pkcs12 -nodes -in FILE -out all.pem.',
    ],
  ],
  [/^<(?:!doctype|html)/i, ['is a web page', 'The download may require a sign-in. Download the file again.']],
]

/** Text without a certificate or a private key; `labels` are the words after BEGIN. */
export function withoutParts(file: string, labels: readonly string[], text: string): FleetError {
  const begin = beginnings.find(([pattern]) => pattern.test(text.trimStart()))?.[1]
  const known = labels.map((label) => kinds[label]).find((kind) => kind !== undefined) ?? begin
  if (known !== undefined) return rejected(`${file} ${known[0]}`, known[1])
  return rejected(`${file} contains no PEM certificate or key`, otherwise)
}
