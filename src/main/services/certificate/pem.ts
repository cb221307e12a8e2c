import { createPrivateKey, X509Certificate, type KeyObject } from 'node:crypto'
import { FleetError } from '@shared/ipc/result'
import { withoutParts } from './other-formats'
import { plainBlock, tidyPem } from './pem-layout'

/** Contents of PEM text: the certificates in order, and the private key if there is one. */
export interface PemParts {
  readonly certificates: readonly X509Certificate[]
  readonly key?: PemKey
}

/** `object` is undefined if the key has a passphrase; `file` is the name of its file. */
export interface PemKey {
  readonly pem: string
  readonly file: string
  readonly object?: KeyObject
}

const block = /-----BEGIN ([A-Z0-9 ]+)-----[\s\S]*?-----END \1-----/g

const rejected = (message: string, hint: string): FleetError => new FleetError({ code: 'rejected', message, hint })

const damaged = 'It may be cut off or damaged.'
const unsupported = 'This kind of key is not supported. Use an RSA key of at least 2048 bits.'

/** True if the text between BEGIN and END is one complete DER sequence: then it is not damaged. */
function isComplete(pem: string): boolean {
  const bytes = Buffer.from(pem.replaceAll(/-----[^-]*-----/g, ''), 'base64')
  const [tag, first = 0] = bytes
  const lengthBytes = first < 0x80 ? 0 : first - 0x80
  if (tag !== 0x30 || lengthBytes > 4 || bytes.length < 2 + lengthBytes) return false
  const length = lengthBytes === 0 ? first : bytes.readUIntBE(2, lengthBytes)
  return bytes.length === 2 + lengthBytes + length
}

const hintFor = (pem: string): string => (isComplete(pem) ? unsupported : damaged)

function readKey(pem: string, file: string): PemKey {
  if (/ENCRYPTED/.test(pem)) return { pem, file }
  try {
    return { pem, file, object: createPrivateKey(pem) }
  } catch {
    // The error text may quote the key.
    throw rejected(`The private key in ${file} cannot be read`, hintFor(pem))
  }
}

/** Throws `rejected` for a block whose beginning or end is missing: it would be left out without a word. */
function checkWhole(text: string, file: string, blocks: number): void {
  const count = (mark: RegExp): number => text.match(mark)?.length ?? 0
  const [begins, ends] = [count(/-----BEGIN [A-Z0-9 ]+-----/g), count(/-----END [A-Z0-9 ]+-----/g)]
  if (begins === ends && begins === blocks) return
  const missing = begins > ends ? '-----END' : '-----BEGIN'
  throw rejected(`${file} is cut off`, `A line that begins with ${missing} is missing. Copy or export the whole file.`)
}

/**
 * Parses PEM text; `file` is its name for errors. Throws `rejected` if there is no certificate or key, or a damaged
 * one.
 */
export function pemParts(text: string, file: string): PemParts {
  const certificates: X509Certificate[] = []
  let key: PemKey | undefined
  const labels: string[] = []
  const tidy = tidyPem(text)
  for (const [given, label = ''] of tidy.matchAll(block)) {
    const pem = plainBlock(given)
    labels.push(label)
    if (label === 'CERTIFICATE' || label === 'X509 CERTIFICATE' || label === 'TRUSTED CERTIFICATE') {
      try {
        certificates.push(new X509Certificate(pem))
      } catch {
        throw rejected(`A certificate in ${file} cannot be read`, hintFor(pem))
      }
    } else if (label === 'OPENSSH PRIVATE KEY') throw withoutParts(file, labels, text)
    else if (label.endsWith('PRIVATE KEY')) key = readKey(pem, file)
  }
  checkWhole(tidy, file, labels.length)
  if (certificates.length === 0 && key === undefined) throw withoutParts(file, labels, text)
  return { certificates, ...(key && { key }) }
}
