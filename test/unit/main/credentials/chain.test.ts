import { execFileSync } from 'node:child_process'
import { createPrivateKey, X509Certificate } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { chainOf, chainView } from '@main/services/certificate/chain'
import { covers, fileFindings } from '@main/services/certificate/findings'
import { pemParts } from '@main/services/certificate/pem'

const day = 86_400_000
/** After everything that is made here. */
const now = Date.now() + 60_000
const folder = mkdtempSync(join(tmpdir(), 'fleet-chain-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** What `selfsigned` cannot make: key usages, and several certificates for one key. */
const openssl = (...args: readonly string[]): void =>
  void execFileSync('openssl', args, { cwd: folder, stdio: ['ignore', 'ignore', 'ignore'] })
const file = (name: string): string => readFileSync(join(folder, name), 'utf8')
const x509 = (name: string): X509Certificate => new X509Certificate(file(`${name}.crt`))
const stamp = (days: number): string => new Date(now + days * day).toISOString().replaceAll(/[-:T]|\.\d+/g, '')

const selfSigned = (name: string, ...extensions: readonly string[]): void =>
  openssl(
    ...['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-keyout', `${name}.key`, '-out', `${name}.crt`],
    ...['-subj', `/CN=${name}`, '-days', '90'],
    ...extensions.flatMap((extension) => ['-addext', extension]),
  )

/** `openssl ca` can set both dates. */
const authority = `[ca]
default_ca = any
[any]
database = index
rand_serial = yes
default_md = sha256
policy = names
[names]
commonName = supplied
[yes]
basicConstraints = CA:TRUE
[no]
basicConstraints = CA:FALSE
`

/** Signed by `issuer`, valid between two days counted from now. */
function issue(name: string, issuer: string, from: number, to: number, ca: boolean): void {
  writeFileSync(join(folder, 'authority'), authority)
  writeFileSync(join(folder, 'index'), '')
  openssl('req', '-new', '-key', ca ? 'ca.key' : 'any.key', '-subj', `/CN=${name}`, '-out', 'any.csr')
  openssl(
    ...['ca', '-batch', '-notext', '-config', 'authority', '-extensions', ca ? 'yes' : 'no', '-in', 'any.csr'],
    ...['-cert', `${issuer}.crt`, '-keyfile', 'ca.key', '-outdir', '.', '-out', `${name}.crt`],
    ...['-startdate', stamp(from), '-enddate', stamp(to)],
  )
}

const findings = (names: readonly string[], key = 'any') => {
  const privateKey = createPrivateKey(file(`${key}.key`))
  const chain = chainOf(names.map(x509), privateKey, now)
  const { findings: found, guards } = fileFindings(chain, { pem: '', object: privateKey }, now)
  const text = (level: string) =>
    found
      .filter((one) => one.level === level)
      .map((one) => one.text)
      .join(' ')
  return { chain, stop: text('stop'), warn: text('warn'), ok: text('ok'), guards: guards.map(({ message }) => message) }
}

beforeAll(() => {
  openssl('genrsa', '-out', 'any.key', '2048')
  openssl('genrsa', '-out', 'ca.key', '2048')
  openssl(
    ...['req', '-x509', '-key', 'ca.key', '-subj', '/CN=Root', '-days', '900', '-out', 'Root.crt'],
    ...['-addext', 'keyUsage=critical,keyCertSign'],
  )
})

describe('a chain', () => {
  it('whose intermediate has expired must be overridden, even if the leaf is valid', () => {
    issue('Ended', 'Root', -900, -300, true)
    issue('leaf-of-ended', 'Ended', -1, 90, false)
    const { guards, chain } = findings(['leaf-of-ended', 'Ended', 'Root'])
    expect(chain.certificates.map(({ subject }) => subject)).toContain('CN=Ended')
    expect(guards).toEqual([expect.stringMatching(/^The certificate “Ended” of the chain expired on /)])
  })

  it('that ends at an intermediate whose issuer is missing and no public authority is not called complete', () => {
    issue('Upper', 'Root', -1, 90, true)
    issue('Lower', 'Upper', -1, 90, true)
    issue('leaf', 'Lower', -1, 90, false)
    const open = findings(['leaf', 'Lower'])
    expect(open.warn).toContain('The chain ends at “Lower”')
    expect(open.ok).not.toContain('complete')
    expect(findings(['leaf', 'Lower', 'Upper', 'Root']).ok).toContain('The chain is complete: 4 certificates')
  })

  it('of one self-signed certificate that may not issue others lacks nothing', () => {
    selfSigned('alone', 'keyUsage=critical,digitalSignature')
    expect(findings(['alone'], 'alone').warn).toBe('')
  })
})

describe('one key with several certificates', () => {
  it('is used with the one that is valid now and ends last, in whichever order they are given', () => {
    issue('before-renewal', 'Root', -60, 20, false)
    issue('renewed', 'Root', -1, 90, false)
    issue('future', 'Root', 30, 400, false)
    for (const names of [
      ['before-renewal', 'renewed', 'future'],
      ['future', 'renewed', 'before-renewal'],
    ])
      expect(findings(names).chain.certificates[0]?.subject).toBe('CN=renewed')
  })
})

describe('a certificate that could not be used for TLS is stopped', () => {
  it('because its key usage has no digital signature', () => {
    selfSigned('encipher', 'keyUsage=critical,keyEncipherment')
    expect(findings(['encipher'], 'encipher').stop).toContain('lacks “digital signature”')
    selfSigned('both', 'keyUsage=critical,digitalSignature,keyEncipherment')
    expect(findings(['both'], 'both').stop).toBe('')
  })

  it('because its extended key usage is for clients', () => {
    selfSigned('client', 'extendedKeyUsage=clientAuth')
    expect(findings(['client'], 'client').stop).toContain('not for servers')
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
  beforeAll(() =>
    openssl(
      ...['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-subj', '/CN=curve'],
      ...['-keyout', 'curve.key', '-out', 'curve.crt'],
    ),
  )

  it('is said of the certificate, which is no failure of the app', () => {
    const { certificates } = pemParts(otherCurve(file('curve.crt')), 'curve.crt')
    const chain = chainOf(certificates, undefined, now)
    expect(chainView(chain.certificates)[0]?.key).toBe('not supported')
    const { findings: found } = fileFindings(chain, undefined, now)
    expect(found.map(({ text }) => text).join(' ')).toContain('The kind of key of the certificate is not supported')
  })

  it('is said of the private key; a part of it is called damaged', () => {
    const hint = (pem: string): unknown => {
      try {
        return pemParts(pem, 'curve.key')
      } catch (error) {
        return error
      }
    }
    const key = otherCurve(file('curve.key'))
    expect(hint(key)).toMatchObject({
      detail: { hint: expect.stringContaining('kind of key is not supported') as string },
    })
    const cut = key.replace(/\n.{20}/, '\n')
    expect(hint(cut)).toMatchObject({ detail: { hint: expect.stringContaining('damaged') as string } })
  })
})

it('a web domain with umlauts is covered by its ASCII form', () => {
  selfSigned('idn', 'subjectAltName=DNS:xn--mnchen-3ya.example')
  expect(covers(x509('idn'), 'münchen.example')).toBe(true)
  expect(covers(x509('idn'), 'xn--mnchen-3ya.example')).toBe(true)
  expect(covers(x509('idn'), 'munchen.example')).toBe(false)
})
