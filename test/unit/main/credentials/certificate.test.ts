import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeAll, describe, expect, it } from 'vitest'
import { printNumber } from '@shared/format/print-number'
import { encrypted, makePem, type Pem } from '@test/fakes/pem'
import { failureOf } from '../session/harness'
import { acknowledged, startCredentials, type Started } from './harness'

let good: Pem
let other: Pem
beforeAll(async () => {
  ;[good, other] = await Promise.all([makePem(['pbx.example.com']), makePem(['*.elsewhere.example'], { rsa: false })])
})

const running: Started[] = []
afterEach(() => Promise.all(running.splice(0).map((finding) => finding.close())))
const start = async (...args: Parameters<typeof startCredentials>): Promise<Started> => {
  const started = await startCredentials(...args)
  running.push(started)
  return started
}

const read = async ({ id, files, certificate }: Started, ...texts: string[]) =>
  certificate.read(id, undefined, await files(texts))

const texts = ({ findings }: Awaited<ReturnType<typeof read>>, level: string): string =>
  findings
    .filter((one) => one.level === level)
    .map(({ text }) => text)
    .join(' ')

const upload = async (started: Started, candidate: { readonly id: string }, override = '') => {
  const { chain } = await started.certificate.get(started.id)
  return started.certificate.upload({
    serverId: started.id,
    id: candidate.id,
    before: chain[0]?.fingerprint256 ?? '',
    confirmation: { ...acknowledged, override },
  })
}

describe('the installed certificate', () => {
  it('is shown with the presented one, without the private key', async () => {
    const { pbx, id, certificate } = await start()
    const state = await certificate.get(id)
    expect(state.chain.map(({ fingerprint256 }) => fingerprint256)).toEqual([pbx.fingerprint256])
    expect(state.live).toMatchObject({ shown: { fingerprint256: pbx.fingerprint256 }, pinned: true })
    expect(state.webDomain).toBe('pbx.example.com')
    expect(JSON.stringify(state)).not.toMatch(/PRIVATE|BEGIN/)
  })
})

describe('files for an upload', () => {
  it('are ordered as a chain, the leaf first', async () => {
    const started = await start()
    const candidate = await read(started, `${good.root}\n${good.intermediate}\n${good.cert}`, good.key)
    expect(candidate.chain.map(({ subject }) => subject)).toEqual([
      expect.stringContaining('pbx.example.com'),
      expect.stringContaining('Intermediate'),
      expect.stringContaining('Root'),
    ])
    expect(candidate.chain[0]?.key).toBe('RSA 2048 bits')
    expect(texts(candidate, 'stop') + texts(candidate, 'warn')).toBe('')
    expect(texts(candidate, 'ok')).toContain('reordered')
    expect(JSON.stringify(candidate)).not.toMatch(/PRIVATE|BEGIN/)
  })

  it('can be added one after another', async () => {
    const started = await start()
    const first = await read(started, good.cert)
    expect(texts(first, 'stop')).toContain('private key is missing')
    expect(texts(first, 'warn')).toContain('intermediate certificates are missing')
    const paths = await started.files([good.key, good.intermediate, good.root])
    const second = await started.certificate.read(started.id, first.id, paths)
    expect(texts(second, 'stop') + texts(second, 'warn')).toBe('')
    expect(second.chain).toHaveLength(3)
  })

  it.each([
    [
      'a key of another certificate',
      () => [good.cert, other.key],
      /^The private key in \S+ does not belong to the certificate in \S+\.$/,
    ],
    ['a key with a passphrase', () => [good.cert, encrypted(good.key)], /^The private key in \S+ has a passphrase/],
    ['no certificate', () => [good.key], /certificate is missing/],
  ] as const)('with %s are stopped, in main too', async (_what, files, words) => {
    const started = await start()
    const candidate = await read(started, ...files())
    expect(texts(candidate, 'stop')).toMatch(words)
    expect(await failureOf(upload(started, candidate, 'OVERRIDE'))).toMatchObject({ code: 'rejected' })
    expect(started.pbx.requests.some(({ method, path }) => method === 'POST' && path === '/key')).toBe(false)
  })

  it('with an EC key or unrelated certificates have a warning', async () => {
    const started = await start()
    const candidate = await read(started, other.cert, other.intermediate, other.key, good.intermediate)
    expect(texts(candidate, 'warn')).toContain('ECDHE_RSA')
    expect(texts(candidate, 'warn')).toMatch(/1 certificate in \S+ does not belong to the chain/)
  })

  it('for another name than the web domain must be overridden', async () => {
    const started = await start()
    const candidate = await read(started, other.cert, other.intermediate, other.key)
    expect(candidate.guards).toMatchObject([{ kind: 'certificate-names' }])
    expect(await failureOf(upload(started, candidate))).toMatchObject({ code: 'guarded' })
    expect((await upload(started, candidate, 'OVERRIDE')).chain).toHaveLength(2)
  })

  it.each([
    [{ from: -90, to: -1 }, 'certificate-dates'],
    [{ from: 3, to: 90 }, 'certificate-dates'],
  ])('that are not valid now (%o) must be overridden', async (dates, kind) => {
    const started = await start()
    const late = await makePem(['*.example.com'], { ...dates, rsa: false })
    expect((await read(started, late.cert, late.key)).guards.map((guard) => guard.kind)).toEqual([kind])
  })

  it('that expire soon have a warning', async () => {
    const started = await start()
    const soon = await makePem(['*.example.com'], { to: 9.5, rsa: false })
    expect(texts(await read(started, soon.cert, soon.key), 'warn')).toContain('ends in 9 days')
  })

  it.each([
    ['nothing in it', 'contains no PEM certificate or key'],
    ['-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----', 'cannot be read'],
    ['-----BEGIN PRIVATE KEY-----\nQUFBQQ==\n-----END PRIVATE KEY-----', 'The private key'],
    ['x'.repeat(1_048_577), `has ${printNumber(1.1)} MB, and the limit is 1 MB`],
  ])('that are invalid are refused', async (text, words) => {
    const started = await start()
    const detail = await failureOf(read(started, text))
    expect(detail.message).toContain(words)
    expect(JSON.stringify(detail)).not.toContain('QUFB')
  })

  it('that replace a certificate of Let’s Encrypt on a PBX with a Cert Manager have a warning', async () => {
    for (const [version, warned] of [
      ['22.6', true],
      ['22.2', false],
    ] as const) {
      const started = await start({ version })
      const theirs = await makePem(['pbx.example.com'], { organization: "Let's Encrypt", rsa: false })
      await upload(started, await read(started, theirs.cert, theirs.intermediate, theirs.key))
      expect((await started.certificate.get(started.id)).renewsItself).toBe(warned)
      expect(texts(await read(started, good.cert, good.key), 'warn').includes('Cert Manager')).toBe(warned)
    }
  })

  it('are discarded', async () => {
    const started = await start()
    const candidate = await read(started, good.cert, good.key)
    started.certificate.forget(started.id)
    expect(await failureOf(upload(started, candidate))).toMatchObject({ code: 'not-found' })
  })
})

describe('files for several servers', () => {
  it('are examined without a server, taken from the page of one, and given out only if they can be uploaded', async () => {
    const started = await start()
    const { certificate, files, id, pbx } = started
    const requests = pbx.requests.length
    const late = await makePem(['*.example.com'], { from: -90, to: -1, rsa: false })
    const expired = await certificate.readForRollout(undefined, await files([late.cert, late.key]))
    expect(expired.guards).toMatchObject([{ kind: 'certificate-dates' }])
    expect(texts(expired, 'warn')).toContain('intermediate certificates are missing')
    const wrong = await certificate.readForRollout(undefined, await files([good.cert, other.key]))
    expect(texts(wrong, 'stop')).toContain('does not belong to the certificate in ')
    expect(JSON.stringify(wrong)).not.toMatch(/PRIVATE|BEGIN|web domain/)
    expect(() => certificate.filesForRollout(wrong.id)).toThrow('does not belong to the certificate in ')
    expect(pbx.requests).toHaveLength(requests)

    expect(wrong.files.map(({ certificates, hasKey }) => [certificates, hasKey])).toEqual([
      [1, false],
      [0, true],
    ])
    const withoutKey = certificate.removeForRollout(wrong.id, wrong.files[1]?.name ?? '')
    expect(withoutKey).toMatchObject({ files: [wrong.files[0]], hasKey: false })
    expect(texts(withoutKey ?? wrong, 'stop')).not.toContain('does not belong')
    expect(certificate.removeForRollout(withoutKey?.id ?? '', wrong.files[0]?.name ?? '')).toBeNull()

    const ofPage = await read(started, other.cert, other.intermediate, other.key)
    const taken = certificate.takeToRollout(id, ofPage.id)
    expect(taken.guards).toEqual([])
    expect(certificate.filesForRollout(taken.id).chain).toHaveLength(2)
    certificate.forgetForRollout()
    expect(() => certificate.filesForRollout(taken.id)).toThrow('no longer available')
    expect(() => certificate.takeToRollout(id, ofPage.id)).not.toThrow()
  })
})

describe('an upload', () => {
  it('is sent completely, and takes effect after the web server restarts; then the session continues with it', async () => {
    const started = await start()
    const { pbx, id, certificate, sessions } = started
    const old = pbx.fingerprint256
    const after = await upload(started, await read(started, good.key, good.intermediate, good.cert))
    const leaf = after.chain[0]?.fingerprint256 ?? ''
    expect(after.live).toMatchObject({ shown: { fingerprint256: old }, pinned: true })
    expect(after.live.uploaded?.certificate.fingerprint256).toBe(leaf)
    const body = pbx.requests.find(({ method, path }) => method === 'POST' && path === '/key')?.body as { crt: string }
    expect(body.crt.match(/BEGIN CERTIFICATE/g)).toHaveLength(2)
    expect(body.crt.trim().startsWith(good.cert.trim().replaceAll('\r\n', '\n').slice(0, 200))).toBe(true)
    expect(await failureOf(certificate.trust(id, leaf))).toMatchObject({ code: 'conflict' })

    pbx.restartWebServer()
    expect(await certificate.live(id)).toMatchObject({ shown: { fingerprint256: leaf }, pinned: false })
    expect(await failureOf(certificate.trust(id, old))).toMatchObject({ code: 'conflict' })
    const signIns = pbx.requests.filter(({ path }) => path === '/auth/sign_in').length
    expect(await certificate.trust(id, leaf)).toMatchObject({ phase: 'signed-in' })
    expect(sessions.get(id).pin?.fingerprint256).toBe(leaf)
    expect((await certificate.get(id)).live).toMatchObject({ pinned: true })
    expect(pbx.requests.filter(({ path }) => path === '/auth/sign_in')).toHaveLength(signIns)
  })

  it('is remembered without its key, and forgotten with its server', async () => {
    const started = await start()
    await upload(started, await read(started, good.key, good.cert))
    const file = join(started.folder, 'uploads.json')
    const stored = await readFile(file, 'utf8')
    expect(stored).toContain(started.uploads.get(started.id)?.certificate.fingerprint256)
    expect(stored).not.toContain('PRIVATE')
    await started.uploads.forget([started.id])
    expect(started.certificate.uploaded(started.id)).toBeUndefined()
  })

  it('over a certificate that someone else has installed meanwhile is a conflict', async () => {
    const started = await start()
    const candidate = await read(started, good.key, good.cert)
    const args = { serverId: started.id, id: candidate.id, before: 'AA', confirmation: acknowledged }
    expect(await failureOf(started.certificate.upload(args))).toMatchObject({ code: 'conflict' })
  })

  it('without a response is settled by reading', async () => {
    const started = await start()
    await started.pbx.setFaults({ dropAfterReceive: true, onlyPath: 'POST /key', times: 1 })
    expect((await upload(started, await read(started, good.key, good.cert))).chain[0]?.subject).toContain(
      'pbx.example.com',
    )
    await started.pbx.setFaults({ status: 500, dropAfterReceive: true, onlyPath: 'POST /key', times: 1 })
    const again = await read(started, other.key, other.cert)
    expect(await failureOf(upload(started, again, 'OVERRIDE'))).toMatchObject({ code: 'unknown-outcome' })
  })

  it.each([
    ['ask', { ...acknowledged, acknowledged: false }, 'confirmation-required'],
    ['read-only', acknowledged, 'read-only'],
  ] as const)('is confirmed according to the level %s', async (protection, confirmation, code) => {
    const started = await start({}, { protection })
    const candidate = await read(started, good.key, good.cert)
    const args = { serverId: started.id, id: candidate.id, before: '', confirmation }
    expect(await failureOf(started.certificate.upload(args))).toMatchObject({ code })
  })
})
