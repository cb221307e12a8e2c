import { createPrivateKey, X509Certificate, type KeyObject } from 'node:crypto'
import type { Guard } from '@shared/domain/write'
import type { PendingWrite } from './hooks'

type Signing = Pick<PendingWrite<'stir_shaken_cert' | 'stir_shaken_key'>, 'changes' | 'current'>

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '')

function certificateOf(pem: string): X509Certificate | undefined {
  try {
    return new X509Certificate(pem)
  } catch {
    return undefined
  }
}

function keyOf(pem: string): KeyObject | undefined {
  try {
    return createPrivateKey(pem)
  } catch {
    return undefined
  }
}

const guard = (message: string): Guard => ({ kind: 'key-mismatch', message, addresses: [] })

/** Whether the certificate and the key of STIR/SHAKEN can be read and belong together; a new key is compared with the certificate that stays. */
export function signingGuards({ changes, current = {} }: Signing): readonly Guard[] {
  const [newCert, newKey] = [textOf(changes.stir_shaken_cert), textOf(changes.stir_shaken_key)]
  if (newCert === '' && newKey === '') return []
  const [cert, key] = [newCert || textOf(current.stir_shaken_cert), newKey || textOf(current.stir_shaken_key)]
  const guards: Guard[] = []
  const certificate = certificateOf(cert)
  const privateKey = keyOf(key)
  if (newCert !== '' && certificate === undefined)
    guards.push(guard('The STIR/SHAKEN certificate cannot be read as X.509.'))
  if (newKey !== '' && privateKey === undefined)
    guards.push(guard('The STIR/SHAKEN key cannot be read. It may be damaged, or protected by a passphrase.'))
  if (certificate !== undefined && privateKey !== undefined && !certificate.checkPrivateKey(privateKey))
    guards.push(
      guard('The STIR/SHAKEN key does not match the certificate. Outgoing calls would have invalid signatures.'),
    )
  return guards
}

export function signingWarnings({ changes }: Signing): readonly string[] {
  const expires = certificateOf(textOf(changes.stir_shaken_cert))?.validTo
  const isExpired = expires !== undefined && Date.parse(expires) < Date.now()
  return isExpired ? ['The STIR/SHAKEN certificate has expired: calls signed by it are not trusted.'] : []
}
