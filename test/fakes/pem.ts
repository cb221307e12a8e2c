import { createPrivateKey } from 'node:crypto'
import { generate } from 'selfsigned'

const day = 86_400_000

interface Signer {
  readonly key: string
  readonly cert: string
}
interface Wish {
  readonly names?: readonly string[]
  readonly rsa?: boolean
  readonly from?: number
  readonly to?: number
  readonly organization?: string
}

async function make(name: string, ca: Signer | undefined, isCa: boolean, wish: Wish): Promise<Signer> {
  const { names = [], rsa = false, from = -1, to = 365, organization = 'PBX Fleet tests' } = wish
  const kind = rsa ? { keyType: 'rsa' as const, keySize: 2048 } : { keyType: 'ec' as const, curve: 'P-256' as const }
  const made = await generate(
    [
      { name: 'commonName', value: name },
      { name: 'organizationName', value: organization },
    ],
    {
      ...kind,
      algorithm: 'sha256',
      notBeforeDate: new Date(Date.now() + from * day),
      notAfterDate: new Date(Date.now() + to * day),
      extensions: [
        { name: 'basicConstraints', cA: isCa, critical: true },
        ...(names.length === 0
          ? []
          : [{ name: 'subjectAltName' as const, altNames: names.map((value) => ({ type: 2 as const, value })) }]),
      ],
      ...(ca && { ca }),
    },
  )
  return { key: made.private, cert: made.cert }
}

/**
 * A certificate for these names with the one between it and its authority; RSA by default. All of one kind, as selfsigned signs with the kind
 * of the new key.
 */
export async function makePem(names: readonly string[], wish: Omit<Wish, 'names'> = {}) {
  const { rsa = true, organization } = wish
  const issuers = { rsa, from: -1000, to: 4000 }
  const root = await make('Test Root', undefined, true, issuers)
  const between = await make('Test Intermediate', root, true, {
    ...issuers,
    ...(organization !== undefined && { organization }),
  })
  const { key, cert } = await make(names[0] ?? 'nobody', between, false, { ...wish, rsa, names })
  return { key, cert, intermediate: between.cert, root: root.cert, issuerKey: between.key }
}
export type Pem = Awaited<ReturnType<typeof makePem>>

/** The same key with a passphrase. */
export const encrypted = (key: string): string =>
  createPrivateKey(key).export({ type: 'pkcs8', format: 'pem', cipher: 'aes-256-cbc', passphrase: 'x' }).toString()
