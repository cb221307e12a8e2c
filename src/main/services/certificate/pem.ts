import { createPrivateKey, X509Certificate, type KeyObject } from 'node:crypto'
import { FleetError } from '@shared/ipc/result'

/** What PEM text holds: certificates in their order, and the private key if there is one. */
export interface PemParts {
  readonly certificates: readonly X509Certificate[]
  readonly key?: PemKey
}

/** `object` is absent for a key with a passphrase. */
export interface PemKey {
  readonly pem: string
  readonly object?: KeyObject
}

const block = /-----BEGIN ([A-Z0-9 ]+)-----[\s\S]*?-----END \1-----/g

const refused = (message: string, hint: string): FleetError => new FleetError({ code: 'rejected', message, hint })

function readKey(pem: string, file: string): PemKey {
  if (/ENCRYPTED/.test(pem)) return { pem }
  try {
    return { pem, object: createPrivateKey(pem) }
  } catch {
    // The error's own text may quote the key.
    throw refused(`The private key in ${file} cannot be read`, 'It may be cut off or damaged.')
  }
}

/** Takes PEM text apart; `file` is its name for a person. Throws `rejected` where it holds neither certificate nor key, or damaged ones. */
export function pemParts(text: string, file: string): PemParts {
  const certificates: X509Certificate[] = []
  let key: PemKey | undefined
  for (const [pem, label] of text.replaceAll('\r\n', '\n').matchAll(block)) {
    if (label === 'CERTIFICATE' || label === 'X509 CERTIFICATE' || label === 'TRUSTED CERTIFICATE') {
      try {
        certificates.push(new X509Certificate(pem))
      } catch {
        throw refused(`A certificate in ${file} cannot be read`, 'It may be cut off or damaged.')
      }
    } else if (label?.endsWith('PRIVATE KEY') === true) key = readKey(pem, file)
  }
  if (certificates.length === 0 && key === undefined)
    throw refused(
      `${file} contains no PEM certificate or key`,
      'PEM text begins with -----BEGIN. A PFX or DER file must be converted first, for example with openssl.',
    )
  return { certificates, ...(key && { key }) }
}
