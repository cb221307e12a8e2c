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
    ['in UTF-16 of the other byte order', (text: string) => Buffer.from(`\ufeff${text}`, 'utf16le').swap16()],
    ['in UTF-16 without a mark', (text: string) => Buffer.from(text, 'utf16le')],
    ['with each line end written twice', (text: string) => Buffer.from(text.replaceAll('\n', '\r\r\n'))],
    ['with a blank line after each', (text: string) => Buffer.from(text.replaceAll('\n', '\n\n'))],
    ['with zero-width spaces', (text: string) => Buffer.from(text.replaceAll('\n', '\u200b\n'))],
    ['quoted by a mail program', (text: string) => Buffer.from(text.replaceAll(/^/gm, '> '))],
    ['in one line', (text: string) => Buffer.from(text.replaceAll('\n', ' '))],
    ['in one line without blanks', (text: string) => Buffer.from(text.replaceAll('\n', ''))],
    ['in a JSON string', (text: string) => Buffer.from(JSON.stringify({ pem: text }))],
    ['with lines of any length', (text: string) => Buffer.from(text.replaceAll(/(?<=[^-])\n(?=[^-])/g, ''))],
    [
      'with bag attributes and comments',
      (text: string) =>
        Buffer.from(
          `# mine: Größe\nBag Attributes\n    friendlyName: a\nsubject=CN = a\n${text.replaceAll(/(?<=BEGIN.*)\n/g, '\nComment: mine\n# other\n')}`,
        ),
    ],
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

  it.each([
    ['PuTTY-User-Key-File-3: ssh-rsa\n', /is a private key in the format of PuTTY/],
    ['ssh-ed25519 AAAAC3 me\n', /is a public key in the format of OpenSSH/],
    ['-----BEGIN PGP PRIVATE KEY BLOCK-----\nxx\n-----END PGP PRIVATE KEY BLOCK-----\n', /is a PGP key/],
    ['PK\u0003\u0004abc', /is a ZIP file/],
    ['\u00fe\u00ed\u00fe\u00ed\u0001', /is a Java key store/],
    ['<!DOCTYPE html><p>Sign in</p>', /is a web page/],
  ])('%j is named by its beginning', async (text, message) => {
    writeFileSync(path('other'), Buffer.from(text, 'latin1'))
    expect((await failureOf(readPemFiles([path('other')]))).message).toMatch(message)
  })

  it.each([
    ['at its end', () => pem.slice(0, -40), '-----END'],
    ['within its first block', () => pem.slice(0, 200), '-----END'],
    ['at its beginning', () => pem.slice(60), '-----BEGIN'],
  ])('a file that is cut off %s says so, whatever else is in it', async (_where, text, missing) => {
    writeFileSync(path('cut'), text())
    const { message, hint } = await failureOf(readPemFiles([path('cut')]))
    expect(message).toBe('cut is cut off')
    expect(hint).toContain(`A line that begins with ${missing} is missing`)
  })

  it('a key of OpenSSH is named, also beside a certificate', async () => {
    const key = '-----BEGIN OPENSSH PRIVATE KEY-----\nb3BlbnNzaC1rZXktdjEA\n-----END OPENSSH PRIVATE KEY-----\n'
    writeFileSync(path('ssh'), pem + key)
    const { message, hint } = await failureOf(readPemFiles([path('ssh')]))
    expect(message).toContain('in the format of OpenSSH')
    expect(hint).toContain('ssh-keygen -p -m PEM')
  })
})
