import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readPemFiles } from '@main/services/certificate/candidates'
import { makePem } from '@test/fakes/pem'
import { failureOf } from '../session/harness'
import { otherFormats } from './other-formats'

const folder = mkdtempSync(join(tmpdir(), 'fleet-pem-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))
const path = (name: string): string => join(folder, name)

let pem = ''
let key = ''
beforeAll(async () => {
  for (const [name, text] of Object.entries(otherFormats)) writeFileSync(path(name), Buffer.from(text, 'base64'))
  const made = await makePem(['a'], { rsa: false })
  key = made.key
  pem = `${made.cert.trim()}\n${key.trim()}\n`
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
    expect(parts?.certificates.map(({ subject }) => subject)).toEqual([expect.stringContaining('CN=a')])
    // It is sent to the PBX, so it must be plain PEM.
    expect(parts?.key?.pem).toBe(key.trim().replaceAll('\r', ''))
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
