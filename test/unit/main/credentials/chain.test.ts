import { createPrivateKey, type X509Certificate } from 'node:crypto'
import type { webcrypto } from 'node:crypto'
import { ExtendedKeyUsage, KeyUsageFlags } from '@peculiar/x509'
import { beforeAll, describe, expect, it } from 'vitest'
import { chainOf, chainView } from '@main/services/certificate/chain'
import { covers, fileFindings } from '@main/services/certificate/findings'
import { pemParts } from '@main/services/certificate/pem'
import { makePem } from '@test/fakes/pem'
import { issue as issuePem, newKeys, pemOfKey, x509 } from '@test/fakes/x509'

const day = 86_400_000
const now = Date.UTC(2026, 10, 26, 12)
const at = (days: number): Date => new Date(now + days * day)

/** A root of version 1, which has no extensions, and a certificate that it issued; both are valid until 2046. */
const v1Root = `-----BEGIN CERTIFICATE-----
MIIBHTCBxQIUZUvQ+DstzD7zJOLqYvStz4t7LTwwCgYIKoZIzj0EAwIwEjEQMA4G
A1UEAwwHVjEgcm9vdDAeFw0yNjExMjgxNTM2MzJaFw00NjExMjMxNTM2MzJaMBIx
EDAOBgNVBAMMB1YxIHJvb3QwWTATBgcqhkjOPQIBBggqhkjOPQMBBwNCAAQTaLlC
KyyhPbnbiZ6fJWsrDMazuuJmuz9fCUoAZyP3pIfbMr6ra46QQgPULh5shKE5N4SD
vAxhOXuq7sK7DED4MAoGCCqGSM49BAMCA0cAMEQCIF+NWfjY5jhdgMBMqKxBqf9B
94Ylx0TrNUjsCJxi9uJ7AiBKFZ5EuAIqnsc+xDnHirKNCQhS8s+IUXMSRHnRKBad
ug==
-----END CERTIFICATE-----`
const v1Leaf = `-----BEGIN CERTIFICATE-----
MIIBijCCATGgAwIBAgIUIEDvHvzU6gXiKL0DN1tecGADd2IwCgYIKoZIzj0EAwIw
EjEQMA4GA1UEAwwHVjEgcm9vdDAeFw0yNjExMjgxNTM2MzJaFw00NjExMjMxNTM2
MzJaMA8xDTALBgNVBAMMBGxlYWYwWTATBgcqhkjOPQIBBggqhkjOPQMBBwNCAAR3
grTZLU3O3t+olYvCr3/uNOrB7UBIR9FQmn42mkNmfFKKERnUZKQKmlm7BNztDxwl
ugTpeVqCQSO+KdXJi/kxo2gwZjAMBgNVHRMBAf8EAjAAMB0GA1UdDgQWBBQjOeFZ
HEfnUOZpkXj91L9q2REGczA3BgNVHSMEMDAuoRakFDASMRAwDgYDVQQDDAdWMSBy
b290ghRlS9D4Oy3MPvMk4upi9K3Pi3stPDAKBggqhkjOPQQDAgNHADBEAiAdIeT3
SrzIdcT35N8MwymbTlGi522HW2fRzDWMkQ9llQIgDGN3fQC/aIrsypBE4EFo+lWr
PeQlubXh+NOs5D4cKW4=
-----END CERTIFICATE-----`

/** All authorities have one key, and all servers another. */
let keys: webcrypto.CryptoKeyPair
let authorityKeys: webcrypto.CryptoKeyPair
let key = ''
const made = new Map<string, X509Certificate>()

const fresh = { from: at(-1), to: at(90) }

type Extensions = Pick<Parameters<typeof issuePem>[0], 'keyUsage' | 'extendedKeyUsage' | 'names'>

async function selfSigned(name: string, extensions: Extensions): Promise<void> {
  made.set(name, x509(await issuePem({ name, keys, from: at(-1), to: at(90), ...extensions })))
}

/** Signed by `issuer`, valid between two days counted from now. */
async function issue(name: string, issuer: string, from: number, to: number, isAuthority: boolean): Promise<void> {
  const owner = isAuthority ? authorityKeys : keys
  const signer = { name: issuer, keys: authorityKeys }
  const wish = { name, keys: owner, issuer: signer, from: at(from), to: at(to), isAuthority }
  made.set(name, x509(await issuePem(wish)))
}

const certificate = (name: string): X509Certificate => {
  const found = made.get(name)
  if (found === undefined) throw new Error(`${name} was not made`)
  return found
}

const findings = (names: readonly string[]) => {
  const privateKey = createPrivateKey(key)
  const chain = chainOf(names.map(certificate), privateKey, now)
  const { findings: found, guards } = fileFindings(chain, { pem: '', file: 'own.key', object: privateKey }, now)
  const text = (level: string) =>
    found
      .filter((one) => one.level === level)
      .map((one) => one.text)
      .join(' ')
  return { chain, stop: text('stop'), warn: text('warn'), ok: text('ok'), guards: guards.map(({ message }) => message) }
}

beforeAll(async () => {
  keys = await newKeys()
  authorityKeys = await newKeys()
  key = await pemOfKey(keys)
  const root = { name: 'Root', keys: authorityKeys, from: at(-1000), to: at(900), isAuthority: true }
  made.set('Root', x509(await issuePem({ ...root, keyUsage: KeyUsageFlags.keyCertSign })))
})

describe('a chain', () => {
  it('whose intermediate has expired must be overridden, even if the leaf is valid', async () => {
    await issue('Ended', 'Root', -900, -300, true)
    await issue('leaf-of-ended', 'Ended', -1, 90, false)
    const { guards, chain } = findings(['leaf-of-ended', 'Ended', 'Root'])
    expect(chain.certificates.map(({ subject }) => subject)).toContain('CN=Ended')
    expect(guards).toEqual([expect.stringMatching(/^The certificate “Ended” of the chain expired on /)])
  })

  it('that ends at an intermediate whose issuer is missing and no public authority is not called complete', async () => {
    await issue('Upper', 'Root', -1, 90, true)
    await issue('Lower', 'Upper', -1, 90, true)
    await issue('leaf', 'Lower', -1, 90, false)
    const open = findings(['leaf', 'Lower'])
    expect(open.warn).toContain('The chain ends at “Lower”')
    expect(open.ok).not.toContain('complete')
    expect(findings(['leaf', 'Lower', 'Upper', 'Root']).ok).toContain('The chain is complete: 4 certificates')
  })

  it('with an issuer that is not valid yet, or a root that has expired, must be overridden', async () => {
    await issue('Future', 'Root', 10, 400, true)
    await issue('leaf-of-future', 'Future', -1, 90, false)
    expect(findings(['leaf-of-future', 'Future', 'Root']).guards).toEqual([
      expect.stringContaining('“Future” of the chain'),
    ])
    const root = { name: 'Old root', keys: authorityKeys, from: at(-900), to: at(-10), isAuthority: true }
    made.set('Old root', x509(await issuePem(root)))
    await issue('leaf-of-old', 'Old root', -1, 90, false)
    expect(findings(['leaf-of-old', 'Old root']).guards).toEqual([expect.stringContaining('“Old root” of the chain')])
  })

  it('with an issuer that is no authority is stopped, also in the middle', async () => {
    made.set(
      'No authority',
      x509(
        await issuePem({
          ...{ name: 'No authority', keys: authorityKeys, from: at(-1), to: at(90) },
          issuer: { name: 'Root', keys: authorityKeys },
        }),
      ),
    )
    await issue('Below', 'No authority', -1, 90, true)
    await issue('leaf-of-none', 'No authority', -1, 90, false)
    await issue('leaf-of-below', 'Below', -1, 90, false)
    for (const names of [
      ['leaf-of-none', 'No authority', 'Root'],
      ['leaf-of-below', 'Below', 'No authority', 'Root'],
      ['Root', 'No authority', 'Below', 'leaf-of-below'],
    ]) {
      const { stop, ok } = findings(names)
      expect(stop).toBe(
        'The certificate “No authority” of the chain is not that of an authority: clients reject what it issued.',
      )
      expect(ok).not.toContain('complete')
    }
  })

  it('with a root that says that it is no authority is stopped', async () => {
    made.set('Server as root', x509(await issuePem({ ...fresh, name: 'Server as root', keys: authorityKeys })))
    await issue('Under server', 'Server as root', -1, 90, true)
    await issue('leaf-of-server', 'Server as root', -1, 90, false)
    await issue('leaf-under-server', 'Under server', -1, 90, false)
    for (const names of [
      ['leaf-of-server', 'Server as root'],
      ['Server as root', 'Under server', 'leaf-under-server'],
    ]) {
      const { stop, ok } = findings(names)
      expect(stop).toBe(
        'The certificate “Server as root” of the chain is not that of an authority: clients reject what it issued.',
      )
      expect(ok).not.toContain('complete')
    }
  })

  it('with a root of version 1, which cannot say that it is an authority, is complete', () => {
    const chain = chainOf([x509(v1Leaf), x509(v1Root)], undefined, now)
    const found = fileFindings(chain, undefined, now)
      .findings.map(({ text }) => text)
      .join(' ')
    expect(found).toContain('The chain is complete: 2 certificates')
    expect(found).not.toContain('authority')
  })

  it('with a small key of an issuer has a warning', async () => {
    const small = await newKeys(1024)
    const root = { name: 'Small', keys: small, from: at(-1), to: at(90), isAuthority: true }
    made.set('Small', x509(await issuePem(root)))
    const leaf = { name: 'leaf-of-small', keys, from: at(-1), to: at(90), issuer: { name: 'Small', keys: small } }
    made.set('leaf-of-small', x509(await issuePem(leaf)))
    expect(findings(['leaf-of-small', 'Small']).warn).toContain('The RSA key of “Small” has only 1024 bits')
  })

  it('of one self-signed certificate that may not issue others lacks nothing', async () => {
    await selfSigned('alone', { keyUsage: KeyUsageFlags.digitalSignature })
    expect(findings(['alone']).warn).toBe('')
  })
})

describe('one key with several certificates', () => {
  it('is used with the one that is valid now and ends last, in whichever order they are given', async () => {
    await issue('before-renewal', 'Root', -60, 20, false)
    await issue('renewed', 'Root', -1, 90, false)
    await issue('future', 'Root', 30, 400, false)
    for (const names of [
      ['before-renewal', 'renewed', 'future'],
      ['future', 'renewed', 'before-renewal'],
    ])
      expect(findings(names).chain.certificates[0]?.subject).toBe('CN=renewed')
  })
})

describe('a certificate that could not be used for TLS is stopped', () => {
  it('because its key usage has no digital signature', async () => {
    await selfSigned('encipher', { keyUsage: KeyUsageFlags.keyEncipherment })
    expect(findings(['encipher']).stop).toContain('lacks “digital signature”')
    await selfSigned('both', { keyUsage: KeyUsageFlags.digitalSignature | KeyUsageFlags.keyEncipherment })
    expect(findings(['both']).stop).toBe('')
  })

  it('because its extended key usage is for clients', async () => {
    await selfSigned('client', { extendedKeyUsage: [ExtendedKeyUsage.clientAuth] })
    expect(findings(['client']).stop).toContain('not for servers')
  })
})

describe('a kind of key that is not supported', () => {
  /** The curve P-256 becomes one that no library knows; the text stays one complete DER sequence. */
  const otherCurve = (pem: string): string => {
    const [, label = '', body = ''] = /-----BEGIN ([A-Z ]+)-----([^-]+)/.exec(pem) ?? []
    const bytes = Buffer.from(body, 'base64')
    const curve = Buffer.from([0x2a, 0x86, 0x48, 0xce, 0x3d, 0x03, 0x01, 0x07])
    for (let at = bytes.indexOf(curve); at !== -1; at = bytes.indexOf(curve, at + 1)) bytes[at + 7] = 0x7f
    const lines = bytes.toString('base64').replaceAll(/(.{64})/g, '$1\n')
    return `-----BEGIN ${label}-----\n${lines}\n-----END ${label}-----\n`
  }

  const curve = makePem(['curve.example'], { rsa: false })

  it('is reported for the certificate and is not an internal error', async () => {
    const { certificates } = pemParts(otherCurve((await curve).cert), 'curve.crt')
    const chain = chainOf(certificates, undefined, now)
    expect(chainView(chain.certificates)[0]?.key).toBe('not supported')
    const { findings: found } = fileFindings(chain, undefined, now)
    expect(found.map(({ text }) => text).join(' ')).toContain('The kind of key of the certificate is not supported')
  })

  it('is reported for the private key; a truncated key is called damaged', async () => {
    const hint = (pem: string): unknown => {
      try {
        return pemParts(pem, 'curve.key')
      } catch (error) {
        return error
      }
    }
    const other = otherCurve((await curve).key)
    expect(hint(other)).toMatchObject({
      detail: { hint: expect.stringContaining('kind of key is not supported') as string },
    })
    const cut = other.replace(/\n.{20}/, '\n')
    expect(hint(cut)).toMatchObject({ detail: { hint: expect.stringContaining('damaged') as string } })
  })
})

it('a web domain with umlauts is covered by its ASCII form', async () => {
  await selfSigned('idn', { names: ['xn--mnchen-3ya.example'] })
  expect(covers(certificate('idn'), 'münchen.example')).toBe(true)
  expect(covers(certificate('idn'), 'xn--mnchen-3ya.example')).toBe(true)
  expect(covers(certificate('idn'), 'munchen.example')).toBe(false)
})
