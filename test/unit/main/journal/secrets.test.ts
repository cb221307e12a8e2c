import { readdirSync, readFileSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, expect, it } from 'vitest'
import { AccountService } from '@main/services/account-service'
import { CertificateService } from '@main/services/certificate/certificate-service'
import { Uploads, uploadsStore } from '@main/services/certificate/uploads'
import { Journal } from '@main/services/journal/journal'
import { JournalView } from '@main/services/journal/journal-view'
import { writeJournal } from '@main/services/journal/write-journal'
import { LicenseService } from '@main/services/license-service'
import { RecordsService } from '@main/services/records/records-service'
import { TokensService } from '@main/services/tokens-service'
import { Writer } from '@main/services/writes/writer'
import { resourceHooks } from '@main/services/resource-hooks'
import { makePem } from '@test/fakes/pem'
import { noWaiting } from '@test/fakes/timing'
import { Harness } from '../session/harness'
import { temporaryFolder } from '../storage/temporary'

const planted = 'Planted-Secret-58'
const confirmation = { acknowledged: true, typedName: 'Kunde A', override: 'OVERRIDE', note: 'INC-4711' }

let harness: Harness
afterEach(() => harness.close())

/** Everything that sends a secret to a practice server, with a journal. */
async function start() {
  harness = new Harness()
  const folder = temporaryFolder()
  const { pbx, id: serverId } = await harness.add({ dealers: 2, rules: 0, licenseSeconds: 0 }, { name: 'Kunde A' })
  await harness.signIn(serverId, pbx)
  const { sessions, servers } = harness
  const journal = new Journal({ folder: join(folder, 'journal') })
  const log = writeJournal({ journal, servers, systemUser: 'tech', report: () => undefined })
  const writer = new Writer({ servers, access: (id) => sessions.access(id), log, timing: noWaiting })
  const deps = { servers, writer }
  const certificate = new CertificateService({
    ...deps,
    readPresented: (id) => sessions.shownCertificate(id),
    adopt: (id, shown) => sessions.adopt(id, shown),
    uploads: new Uploads(uploadsStore(join(folder, 'uploads.json'))),
  })
  return {
    pbx,
    serverId,
    folder,
    view: new JournalView(journal, join(folder, 'journal'), 'tech'),
    records: new RecordsService({ ...deps, hooks: resourceHooks() }),
    account: new AccountService({ ...deps, sessions }),
    license: new LicenseService(deps),
    tokens: new TokensService({
      ...deps,
      clipboard: { copy: () => Promise.reject(new Error('not used')) },
      log: { info: () => undefined },
    }),
    certificate,
  }
}

it('no password, token, license key or private key is in the journal, its CSV or its reports, even if the server repeats it in an error', async () => {
  const on = await start()
  const { pbx, serverId, folder, view } = on
  const pem = await makePem(['pbx.example.com'])
  const keyFile = join(folder, 'key.pem')
  await writeFile(keyFile, `${pem.cert}\n${pem.intermediate}\n${pem.key}`)
  const keyLine = pem.key.split('\n')[3] ?? ''
  const tokens = new Set<string>()
  const keepToken = async (): Promise<void> => {
    tokens.add((await on.tokens.reveal({ serverId, owner: 'sbc' })).token)
  }
  await keepToken()
  for (const refused of [false, true]) {
    const candidate = await on.certificate.read(serverId, undefined, [keyFile])
    const before = (await on.certificate.get(serverId)).chain[0]?.fingerprint256 ?? ''
    const at = { serverId, confirmation }
    const values = { level: 'RESELLER', name: 'north', password: planted, max_tenants: 1, max_extensions: 1 }
    const changes: readonly (readonly [sent: string, change: () => Promise<unknown>])[] = [
      [planted, () => on.records.create({ ...at, resource: 'dealers', values })],
      [
        planted,
        () => on.records.update({ ...at, resource: 'notification', before: {}, changes: { password: planted } }),
      ],
      [planted, () => on.account.resetDealerPassword({ ...at, id: '1', password: planted })],
      [
        `${pbx.password} ${planted}`,
        () => on.account.changePassword({ ...at, oldPassword: pbx.password, newPassword: planted }),
      ],
      [planted, () => on.license.activate({ ...at, key: planted })],
      ['nothing', () => on.tokens.regenerate({ ...at, owner: 'sbc' })],
      [pem.key, () => on.certificate.upload({ ...at, id: candidate.id, before })],
    ]
    for (const [sent, change] of changes) {
      const body = JSON.stringify({ errors: [{ code: 'INVALID', message: `Not ${sent}` }] })
      await pbx.setFaults(refused ? { status: 400, body, onlyPath: 'POST /' } : {})
      await change().catch(() => undefined)
      await pbx.clearFaults()
    }
    await keepToken()
  }
  expect(tokens.size).toBeGreaterThan(1)

  const saved = ['journal.csv', 'report.html', 'report.md'].map((name) => join(folder, name))
  const [csv = '', html = '', markdown = ''] = saved
  await view.save({}, csv)
  await view.saveReport({}, html)
  await view.saveReport({}, markdown)
  const lines = readdirSync(join(folder, 'journal')).map((name) => join(folder, 'journal', name))
  for (const file of [...lines, ...saved]) {
    // The test must not pass only because a secret was escaped.
    const text = readFileSync(file, 'utf8')
    for (const read of [text, text.replace(/\\/g, '')])
      for (const secret of [planted, pbx.password, keyLine, 'PRIVATE KEY', ...tokens])
        expect(read.includes(secret), `${secret.slice(0, 12)} in ${file}`).toBe(false)
    expect(text).toContain('INC-4711')
  }
  const operations = (await view.rows({ offset: 0, limit: 100 })).items.map(({ object }) => object)
  expect(operations.length).toBeGreaterThanOrEqual(12)
  expect(new Set((await view.rows({ offset: 0, limit: 100 })).items.map(({ outcome }) => outcome))).toContain('refused')
  expect(readFileSync(markdown, 'utf8')).toContain(String.raw`\[removed\]`)
})
