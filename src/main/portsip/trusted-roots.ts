import { createSecureContext, rootCertificates, type SecureContext } from 'node:tls'
import { selectedLimits } from '@shared/limits/selected'
import { readRegular } from '../storage/regular-file'

const pem = /-----BEGIN CERTIFICATE-----[\s\S]+?-----END CERTIFICATE-----/g

async function extraCertificates(file: string | undefined): Promise<readonly string[]> {
  if (!file) return []
  const bytes = await readRegular(file, selectedLimits.rootsBytes, (why) => new Error(why)).catch(() => '')
  return bytes.toString().match(pem) ?? []
}

async function load(): Promise<SecureContext> {
  const { systemCertsAsync } = await import('system-ca')
  // If the certificate store cannot be read, the built-in roots remain; the user is asked to trust a server that needs
  // others.
  const [system, extra] = await Promise.all([
    systemCertsAsync().catch((): string[] => []),
    extraCertificates(process.env['NODE_EXTRA_CA_CERTS']),
  ])
  return secureContext([...rootCertificates, ...system, ...extra])
}

const secureContext = (ca: readonly string[]): SecureContext =>
  createSecureContext({ ca: [...new Set(ca)], minVersion: 'TLSv1.2' })

let shared: Promise<SecureContext> | undefined

/**
 * Roots of the system, of Node and of NODE_EXTRA_CA_CERTS. Loaded on first use and parsed once, which takes tens of
 * milliseconds.
 */
export const systemRoots = (): Promise<SecureContext> => (shared ??= load())

/** For tests: trusts only these roots. */
export const onlyRoots = (ca: readonly string[]): (() => Promise<SecureContext>) => {
  const context = Promise.resolve(secureContext(ca))
  return () => context
}

let bare: SecureContext | undefined

/** Trusts no root: for a server with a pinned certificate, so that no roots need to be loaded. */
export const noRoots = (): SecureContext => (bare ??= secureContext([]))
