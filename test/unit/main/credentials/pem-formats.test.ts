import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readPemFiles } from '@main/services/certificate/candidates'
import { failureOf } from '../session/harness'

const folder = mkdtempSync(join(tmpdir(), 'fleet-pem-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))
const openssl = (...args: readonly string[]): void =>
  void execFileSync('openssl', args, { cwd: folder, stdio: ['ignore', 'ignore', 'ignore'] })
const path = (name: string): string => join(folder, name)

let pem = ''
beforeAll(() => {
  openssl('req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-keyout', 'a.key', '-out', 'a.crt', '-subj', '/CN=a')
  openssl('req', '-new', '-key', 'a.key', '-subj', '/CN=a', '-out', 'a.csr')
  openssl('x509', '-in', 'a.crt', '-outform', 'der', '-out', 'a.der')
  openssl('crl2pkcs7', '-nocrl', '-certfile', 'a.crt', '-out', 'a.p7b')
  openssl('crl2pkcs7', '-nocrl', '-certfile', 'a.crt', '-outform', 'der', '-out', 'der.p7b')
  openssl('pkcs12', '-export', '-in', 'a.crt', '-inkey', 'a.key', '-passout', 'pass:x', '-out', 'a.pfx')
  openssl('rsa', '-in', 'a.key', '-pubout', '-out', 'a.pub')
  pem = readFileSync(path('a.crt'), 'utf8') + readFileSync(path('a.key'), 'utf8')
})

describe('a certificate with its key', () => {
  it.each([
    ['in UTF-8 with a byte order mark', (text: string) => Buffer.from(`\ufeff${text}`)],
    ['in UTF-16', (text: string) => Buffer.from(`\ufeff${text}`, 'utf16le')],
    ['indented', (text: string) => Buffer.from(text.replaceAll(/^/gm, '    '))],
    ['with CR as line ends', (text: string) => Buffer.from(text.replaceAll('\n', '\r'))],
    ['with blanks at the ends of lines', (text: string) => Buffer.from(text.replaceAll('\n', ' \r\n'))],
  ])('%s is read', async (_what, write) => {
    writeFileSync(path('text.pem'), write(pem))
    const [parts] = await readPemFiles([path('text.pem')])
    expect(parts?.certificates.map(({ subject }) => subject)).toEqual(['CN=a'])
    // It is sent to the PBX, so it must be plain PEM.
    expect(parts?.key?.pem).toBe(readFileSync(path('a.key'), 'utf8').trim())
  })
})

describe('another format', () => {
  it.each([
    ['a.csr', /is a certificate request/, /authority/],
    ['a.der', /is a certificate in DER/, /openssl x509 -inform der/],
    ['a.p7b', /is a PKCS#7 file$/, /openssl pkcs7 -print_certs/],
    ['der.p7b', /is a PKCS#7 file in DER/, /openssl pkcs7 -inform der/],
    ['a.pfx', /is a PFX/, /openssl pkcs12/],
    ['a.pub', /is a public key/, /private key/],
  ])('%s is named, with the way to convert it', async (name, message, hint) => {
    const detail = await failureOf(readPemFiles([path(name)]))
    expect(detail.message).toMatch(message)
    expect(detail.hint).toMatch(hint)
  })

  it('a key of OpenSSH is named, also beside a certificate', async () => {
    const key = '-----BEGIN OPENSSH PRIVATE KEY-----\nb3BlbnNzaC1rZXktdjEA\n-----END OPENSSH PRIVATE KEY-----\n'
    writeFileSync(path('ssh'), pem + key)
    const { message, hint } = await failureOf(readPemFiles([path('ssh')]))
    expect(message).toContain('in the format of OpenSSH')
    expect(hint).toContain('ssh-keygen -p -m PEM')
  })
})
