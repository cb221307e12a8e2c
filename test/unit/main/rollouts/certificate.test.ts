import { X509Certificate } from 'node:crypto'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeAll, describe, expect, test } from 'vitest'
import { singleOf } from '@shared/resources/registry'
import { addressState, certificateStage, type CertificateStage } from '@shared/rollout/certificate-stage'
import type { PracticeOptions } from '@demo/practice-pbx'
import { storePem } from '@main/portsip/key'
import { updateRecord } from '@main/portsip/records'
import { CertificateTargets } from '@main/services/rollouts/certificate-targets'
import { encrypted, makePem, type Pem } from '@test/fakes/pem'
import { filesHolding } from '../../../e2e/secret-search'
import { failureOf } from '../session/harness'
import { temporaryFolder } from '../storage/temporary'
import { inOneWave, RolloutsHarness, withCanary } from './harness'

let wildcard: Pem
let other: Pem
let byCertManager: Pem
beforeAll(async () => {
  const rsa = false
  ;[wildcard, other, byCertManager] = await Promise.all([
    makePem(['*.example.com'], { rsa, to: 400 }),
    makePem(['*.example.com'], { rsa, to: 500 }),
    makePem(['pbx.example.com'], { rsa, organization: 'Let’s Encrypt' }),
  ])
})

let on: RolloutsHarness
afterEach(() => on.close())

const certificates = ({ cert, intermediate }: Pem) => [cert, intermediate].map((pem) => new X509Certificate(pem))
const fingerprintOf = (pem: Pem): string => certificates(pem)[0]?.fingerprint256 ?? ''
const bodyOf = ({ cert, intermediate, key }: Pem) => ({ crt: `${cert}\n${intermediate}`, key })

/** Servers with the wildcard certificate selected for them. */
async function start(count: number, optionsOf: (at: number) => PracticeOptions = () => ({}), pem = wildcard) {
  on = await RolloutsHarness.start(count, {}, optionsOf)
  on.files = { chain: certificates(pem), key: pem.key }
}
const preview = () => on.service.previews.preview({ kind: 'certificate', files: 'selected', serverIds: on.ids })
/** What somebody else installs on a server. */
const install = (at: number, pem: Pem) => on.harness.send(on.ids[at] ?? '', (writer) => storePem(writer, bodyOf(pem)))
const uploads = () =>
  on.targets.map(({ pbx }) => pbx.requests.filter(({ method, path }) => method === 'POST' && path === '/key').length)
const setDomain = (at: number, webDomain: string) =>
  on.harness.send(on.ids[at] ?? '', (writer) =>
    updateRecord(writer, singleOf('network'), undefined, { web_domain: webDomain }),
  )
const keyFile = async (text: string): Promise<string> => {
  const file = join(temporaryFolder(), 'server.key')
  await writeFile(file, text)
  return file
}
/** A line of the key that occurs nowhere else. */
const markOf = ({ key }: Pem): string => key.split('\n')[1] ?? ''
const numberOf = (servers: number) => ({ acknowledged: true, typedName: String(servers), override: '' })

describe('a certificate for several servers', () => {
  test('is previewed by difference, sent once to each, and its key is nowhere on disk', async () => {
    await start(8, (at) => ({ version: at === 3 ? '22.6' : '22.2' }))
    await setDomain(2, 'pbx.elsewhere.example')
    await install(3, byCertManager)
    await install(4, wildcard)
    on.harness.patch(on.ids[5] ?? '', { protection: 'read-only' })
    await on.harness.sessions.signOut(on.ids[6] ?? '')
    await setDomain(7, '')
    const before = uploads()
    await on.pbx(1).setFaults({ dropAfterReceive: true, onlyPath: 'POST /key', times: 1 })

    const shown = await preview()
    expect(shown.title).toBe('Replace certificate (*.example.com) on 3 servers')
    expect(shown.groups.map(({ kind, label, servers }) => [kind, label, servers])).toEqual([
      ['apply', expect.stringMatching(/^Change certificate that ends \w/), ['PBX 0', 'PBX 1', 'PBX 7']],
      ['nothing', 'Already in place', ['PBX 4']],
      ['excluded', expect.stringContaining('covers the web domain pbx.elsewhere.example'), ['PBX 2']],
      ['excluded', expect.stringContaining('Let’s Encrypt'), ['PBX 3']],
      ['excluded', 'Read-only', ['PBX 5']],
      ['excluded', expect.stringContaining('Not signed in'), ['PBX 6']],
    ])
    expect(shown.groups[0]?.details).toEqual([
      expect.stringMatching(`^Current: Subject: CN=.*, SHA-256: ${on.pbx(0).fingerprint256}, Valid until: `),
    ])
    // Once, and not in each group.
    expect(shown.common).toMatch(`New certificate: Subject: CN=*.example.com, `)
    expect(shown.common).toContain(`SHA-256: ${fingerprintOf(wildcard)}, Valid until: `)
    expect(JSON.stringify(shown.groups)).not.toContain(fingerprintOf(wildcard))
    expect(shown.warnings).toEqual([expect.stringMatching(/^PBX 7: The web domain of the PBX is not set/)])
    expect(JSON.stringify(shown)).not.toContain('BEGIN')
    expect(uploads()).toEqual(before)

    await on.apply(shown, withCanary)
    await on.rolloutEnded(shown.id)
    await on.service.resume(shown.id)
    expect(await on.rolloutEnded(shown.id)).toMatchObject({ state: 'finished', counts: { done: 3, alreadyInPlace: 1 } })
    expect(uploads().map((count, at) => count - (before[at] ?? 0))).toEqual([1, 1, 0, 0, 0, 0, 0, 1])
    const body = on.pbx(0).requests.find(({ method, path }) => method === 'POST' && path === '/key')?.body
    expect((body as { crt: string }).crt.match(/BEGIN CERTIFICATE/g)).toHaveLength(2)
    expect([...on.uploaded].map(([id, { fingerprint256 }]) => [on.ids.indexOf(id), fingerprint256])).toEqual(
      expect.arrayContaining([0, 1, 7].map((at) => [at, fingerprintOf(wildcard)])),
    )
    await on.stored()
    expect(await filesHolding(on.folder, [markOf(wildcard)])).toEqual([])
    expect(await filesHolding(on.folder, [fingerprintOf(wildcard)])).not.toEqual([])
    expect(await failureOf(on.service.previews.preview({ kind: 'revert', rollout: shown.id }))).toMatchObject({
      code: 'rejected',
      message: expect.stringContaining('private key is unknown'),
    })
  })

  test('is a conflict where another one was installed after the preview', async () => {
    await start(2)
    const shown = await preview()
    await install(1, other)
    await on.apply(shown, inOneWave)
    expect(await on.rolloutEnded(shown.id)).toMatchObject({ counts: { done: 1, conflict: 1 } })
    expect((await on.rolloutRows(shown.id))[1]?.message).toContain('Another certificate was installed')
    expect(uploads()).toEqual([1, 1])
  })

  test('that has expired is sent only after it was overridden, and one that ends earlier is named', async () => {
    await start(2, undefined, await makePem(['*.example.com'], { rsa: false, from: -90, to: -1 }))
    const shown = await preview()
    expect(shown.guards).toMatchObject([{ kind: 'certificate-dates' }])
    expect(shown.warnings).toEqual([expect.stringContaining('expires earlier than the current one')])
    expect(await failureOf(on.apply(shown, inOneWave))).toMatchObject({ code: 'guarded' })
    expect(uploads()).toEqual([0, 0])
    await on.apply(shown, inOneWave, 'OVERRIDE')
    expect(await on.rolloutEnded(shown.id)).toMatchObject({ counts: { done: 2 } })
  })
})

describe('the private key', () => {
  test('is requested again after a restart, and only that of the frozen certificate is accepted', async () => {
    await start(3)
    const { id } = await preview().then((shown) => on.apply(shown, withCanary))
    await on.rolloutEnded(id)
    await on.stored()
    on = on.kill()
    const { state, keyMissing, mustConfirm } = await on.service.get(id)
    expect({ state, keyMissing, mustConfirm }).toEqual({ state: 'review', keyMissing: true, mustConfirm: true })
    expect(await failureOf(on.service.resume(id, numberOf(2)))).toMatchObject({
      code: 'rejected',
      message: 'The private key is not stored',
    })
    for (const [text, words] of [
      [other.key, 'does not belong to the certificate of this rollout'],
      [encrypted(wildcard.key), ' has a passphrase'],
      [wildcard.cert, 'There is no private key in '],
    ] as const)
      expect((await failureOf(on.service.selectKey(id, [await keyFile(text)]))).message).toContain(words)
    expect((await on.service.get(id)).keyMissing).toBe(true)
    expect(uploads()).toEqual([1, 0, 0])

    expect((await on.service.selectKey(id, [await keyFile(wildcard.key)])).keyMissing).toBeUndefined()
    await on.service.resume(id, numberOf(2))
    expect(await on.rolloutEnded(id)).toMatchObject({ state: 'finished', counts: { done: 3 } })
    expect(uploads()).toEqual([1, 1, 1])
  })

  test('is kept for a retry in this run, and is requested for one after a restart', async () => {
    await start(2)
    for (const at of [0, 1]) await on.pbx(at).setFaults({ status: 400, onlyPath: 'POST /key', times: 1 })
    const { id } = await preview().then((shown) => on.apply(shown, { canary: false, stopAfter: 5 }))
    expect(await on.rolloutEnded(id)).toMatchObject({ counts: { refused: 2 }, retryable: 2 })
    expect((await on.service.get(id)).keyMissing).toBeUndefined()
    await on.pbx(1).setFaults({ status: 400, onlyPath: 'POST /key', times: 1 })
    await on.service.retry(id, numberOf(2))
    expect(await on.rolloutEnded(id)).toMatchObject({ counts: { done: 1, refused: 1 } })

    await on.stored()
    on = on.kill()
    expect(await on.service.get(id)).toMatchObject({ keyMissing: true, retryable: 0 })
    await on.service.selectKey(id, [await keyFile(wildcard.key)])
    await on.service.retry(id, numberOf(1))
    expect(await on.rolloutEnded(id)).toMatchObject({ counts: { done: 2 } })
    expect(uploads()).toEqual([2, 3])
  })

  test('is not needed for an upload without a result when the app ended: that is read', async () => {
    await start(1)
    const [first = ''] = on.ids
    await on.pbx(0).setFaults({ holdReplies: true, onlyPath: 'POST /key' })
    const { id } = await preview().then((shown) => on.apply(shown, inOneWave))
    await expect.poll(() => uploads()).toEqual([1])
    on = on.kill()
    await on.pbx(0).setFaults({ holdReplies: false })
    await on.settlePending(first)
    expect(await on.service.get(id)).toMatchObject({ counts: { done: 1 } })
    expect(on.uploaded.get(first)?.fingerprint256).toBe(fingerprintOf(wildcard))
  })
})

describe('what the servers present', () => {
  const targets = () =>
    new CertificateTargets({
      ...{ rollouts: on.rollouts, servers: on.harness.servers },
      readPresented: (id, choice) => on.harness.sessions.shownAt(id, choice),
      adopt: (id, shown) => on.harness.sessions.adopt(id, shown),
    })
  const pins = () => on.ids.map((id) => on.harness.get(id).pin?.fingerprint256)

  async function stages(id: string): Promise<readonly CertificateStage[]> {
    const presented = await targets().check(id, on.ids)
    return (await targets().list(id)).map((target) =>
      certificateStage(
        target,
        target.addresses.map(({ choice }) => {
          const shown = presented.find((each) => each.serverId === target.serverId && each.choice === choice)
          return addressState(target, fingerprintOf(wildcard), shown)
        }),
      ),
    )
  }

  test('turns from waiting to presented and trusted; another certificate is never trusted', async () => {
    await start(4)
    await install(2, wildcard)
    on.harness.patch(on.ids[3] ?? '', { protection: 'read-only' })
    const old = pins()
    const { id } = await preview().then((shown) => on.apply(shown, inOneWave))
    await on.rolloutEnded(id)
    expect(await stages(id)).toEqual(['waiting', 'waiting', 'waiting', 'notStored'])
    expect((await targets().trust(id, on.ids)).map(({ ok }) => ok)).toEqual([false, false, false])
    expect(pins()).toEqual(old)

    on.pbx(0).restartWebServer()
    on.pbx(2).restartWebServer()
    await install(1, other)
    on.pbx(1).restartWebServer()
    expect(await stages(id)).toEqual(['presented', 'other', 'presented', 'notStored'])
    expect((await targets().trust(id, on.ids)).map(({ ok }) => ok)).toEqual([true, false, true])
    const wanted = fingerprintOf(wildcard)
    expect(pins()).toEqual([wanted, old[1], wanted, old[3]])
    expect((await stages(id)).toSpliced(1, 1)).toEqual(['trusted', 'trusted', 'notStored'])
  })

  test('is checked at both addresses; one that cannot be reached is no all-clear', async () => {
    await start(2)
    const [first = '', second = ''] = on.ids
    on.harness.patch(first, { secondAddress: on.pbx(1).url })
    on.harness.patch(second, { secondAddress: 'https://127.0.0.1:9' })
    const { id } = await preview().then((shown) => on.apply(shown, inOneWave))
    await on.rolloutEnded(id)
    on.pbx(0).restartWebServer()
    expect((await stages(id))[0]).toBe('waiting')
    expect((await targets().trust(id, [first])).map(({ ok }) => ok)).toEqual([false])
    on.pbx(1).restartWebServer()
    expect(await stages(id)).toEqual(['presented', 'presented'])
    expect((await targets().check(id, [second])).map(({ choice, problem }) => [choice, problem !== undefined])).toEqual(
      [
        ['first', false],
        ['second', true],
      ],
    )
  })
})
