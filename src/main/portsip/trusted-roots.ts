import { readFile } from 'node:fs/promises'
import { createSecureContext, rootCertificates, type SecureContext } from 'node:tls'

const pem = /-----BEGIN CERTIFICATE-----[\s\S]+?-----END CERTIFICATE-----/g

async function extraCertificates(file: string | undefined): Promise<readonly string[]> {
  if (!file) return []
  const text = await readFile(file, 'utf8').catch(() => '')
  return text.match(pem) ?? []
}

async function load(): Promise<SecureContext> {
  const { systemCertsAsync } = await import('system-ca')
  // A certificate store that cannot be read leaves the built-in roots; a server that needs more is then asked about.
  const [system, extra] = await Promise.all([
    systemCertsAsync().catch((): string[] => []),
    extraCertificates(process.env['NODE_EXTRA_CA_CERTS']),
  ])
  return secureContext([...rootCertificates, ...system, ...extra])
}

const secureContext = (ca: readonly string[]): SecureContext =>
  createSecureContext({ ca: [...new Set(ca)], minVersion: 'TLSv1.2' })

let shared: Promise<SecureContext> | undefined

/** The system's roots, Node's and those of NODE_EXTRA_CA_CERTS. Read at the first need and parsed once: it takes tens of milliseconds. */
export const systemRoots = (): Promise<SecureContext> => (shared ??= load())

/** Trusts these roots and no other; for tests. */
export const onlyRoots = (ca: readonly string[]): (() => Promise<SecureContext>) => {
  const context = Promise.resolve(secureContext(ca))
  return () => context
}

let bare: SecureContext | undefined

/** Trusts no root: for a server whose certificate is pinned, so that nothing has to be read. */
export const noRoots = (): SecureContext => (bare ??= secureContext([]))
