import { createPrivateKey, X509Certificate, type KeyObject } from 'node:crypto'
import type { Guard } from '@shared/domain/write'
import type { FieldKey } from '@shared/resources/resource'
import type { systemSettings } from '@shared/resources/system-settings'
import type { RecordHooks, PendingWrite } from './hooks'

type Key = FieldKey<typeof systemSettings>

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
function stirShakenGuards({ changes, current = {} }: PendingWrite<Key>): readonly Guard[] {
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

function warningsFor({ changes, current = {} }: PendingWrite<Key>): readonly string[] {
  const warnings: string[] = []
  const expires = certificateOf(textOf(changes.stir_shaken_cert))?.validTo
  if (expires !== undefined && Date.parse(expires) < Date.now())
    warnings.push('The STIR/SHAKEN certificate has expired: calls signed by it are not trusted.')
  if (textOf(changes.blocked_user_agents) !== '')
    warnings.push('Phones with a blocked user agent can no longer register or call.')
  const port = 'trace_server_port' in changes ? changes.trace_server_port : current.trace_server_port
  if (textOf(changes.trace_server_host) !== '') {
    warnings.push('The trace server receives the signaling of all tenants, including caller, callee and time.')
    if (typeof port !== 'number' || port === 0) warnings.push('The trace server has no port yet.')
  }
  return warnings
}

/** What stands between the fields of the system settings: the key pair of STIR/SHAKEN, and who is turned away or overheard. */
export const systemSettingsHooks: RecordHooks<Key> = {
  check: (write) => Promise.resolve({ guards: stirShakenGuards(write), warnings: warningsFor(write) }),
}
