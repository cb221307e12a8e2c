import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { PracticePbx } from '@demo/practice-pbx'
import { emptyServerDraft, type ServerDraft } from '@shared/domain/server'
import { makePem, type Pem } from '@test/fakes/pem'
import { seriousFindings } from '../../axe'
import { expect, test } from '../../fixtures'
import { dropFiles } from '../../pages/drop-files'
import { PlansPage } from '../../pages/plans'
import { RecordPage } from '../../pages/records'
import { RolloutsPage } from '../../pages/rollouts'
import { filesHolding } from '../../secret-search'
import { signInToAll } from '../../servers'

const draftOf = (pbx: PracticePbx, at: number, more: Partial<ServerDraft> = {}): ServerDraft => ({
  ...{ ...emptyServerDraft, name: `PBX ${at + 1}`, address: pbx.url, username: 'admin', protection: 'open' },
  ...more,
})
const small = { rules: 0, tenants: 1, dealers: 0 }

let folder: string
let wildcard: Pem
let byCertManager: Pem
const file = (name: string): string => join(folder, name)
/** A line of the key that occurs nowhere else. */
const keyMark = (): string => wildcard.key.split('\n')[3] ?? ''

test.beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'fleet-pem-'))
  wildcard = await makePem(['*.kunden.example'])
  byCertManager = await makePem(['d.kunden.example'], { rsa: false, to: 8, organization: 'Let’s Encrypt' })
  const other = await makePem(['other.example.com'], { rsa: false })
  await writeFile(file('leaf.pem'), wildcard.cert)
  await writeFile(file('chain.pem'), wildcard.intermediate)
  await writeFile(file('server.key'), wildcard.key)
  await writeFile(file('wrong.key'), other.key)
})
test.afterAll(() => rm(folder, { recursive: true, force: true }))

/** Number of uploads that a server has received. */
const uploadsTo = ({ requests }: PracticePbx): number =>
  requests.filter(({ method, path }) => method === 'POST' && path === '/key').length

test('T4: a wildcard certificate that ends soon is replaced on the servers that it covers; the key is requested again after a kill, and each server is trusted once it presents exactly the new certificate', async ({
  launch,
  startPbx,
}) => {
  test.slow()
  const ending = { ...small, certificateDays: 9 }
  const { cert, key } = byCertManager
  const servers = await Promise.all([
    startPbx({ ...ending, webDomain: 'a.kunden.example' }),
    startPbx({ ...ending, webDomain: 'b.kunden.example' }),
    startPbx({ ...ending, webDomain: 'c.kunden.example' }),
    startPbx({ ...small, webDomain: 'd.kunden.example', version: '22.6', identity: { cert, key } }),
    startPbx({ ...ending, webDomain: 'voice.elsewhere.example' }),
    startPbx({ ...ending, webDomain: 'f.kunden.example' }),
    startPbx({ ...small, webDomain: 'g.kunden.example' }),
  ] as const)
  const [first, silent, changed, , , , untouched] = servers
  await silent.setFaults({ dropAfterReceive: true, onlyPath: 'POST /key', times: 1 })
  const fleet = await launch({
    servers: servers.map((pbx, at) =>
      draftOf(pbx, at, {
        // Nothing listens at the second address of PBX 2.
        ...(at === 1 && { secondAddress: 'https://127.0.0.1:9' }),
        ...(at === 5 && { protection: 'read-only' }),
      }),
    ),
    before: signInToAll,
  })
  const journalEnd = await fleet.journalEnd()
  const rollouts = new RolloutsPage(fleet.page)

  await fleet.page.getByRole('searchbox', { name: 'Filter the fleet' }).fill('certificate<10d')
  await expect(fleet.page.getByTestId('count')).toHaveText('6 of 7 servers')
  await fleet.page.getByRole('button', { name: 'Replace certificate…' }).click()
  const form = rollouts.certificateForm
  await expect(form.getByTestId('selected')).toHaveText('0 servers selected')
  await fleet.answerDialogs([[file('leaf.pem'), file('wrong.key')], [file('server.key')]])
  await form.getByRole('button', { name: 'Select files…' }).click()
  await expect(form.locator('[data-level=stop]')).toContainText(
    /The private key in \S+ does not belong to the certificate in \S+\./,
  )
  await form.getByRole('button', { name: 'Add files…' }).click()
  await expect(form.locator('[data-level=stop]')).toHaveCount(0)
  await expect(form).toContainText('The intermediate certificates are missing')
  await dropFiles(fleet.page, 'certificate-files', [file('chain.pem')])
  await expect(form).toContainText('The chain ends at “Test Intermediate”')
  await expect(form.getByRole('button', { name: 'Preview' })).toBeDisabled()
  await form.getByRole('button', { name: 'Select all shown (6)' }).click()
  expect(await seriousFindings(fleet.page)).toEqual([])
  await form.getByRole('button', { name: 'Preview' }).click()

  await rollouts.at('ready')
  await expect(rollouts.panel.getByTestId('impact')).toHaveText('3 steps on 3 servers. Nothing is sent to 3 servers.')
  const groups = rollouts.groups
  await expect(groups.filter({ hasText: 'Change certificate' })).toHaveCount(3)
  await expect(groups.filter({ hasText: 'Cert Manager' })).toContainText('PBX 4')
  await expect(groups.filter({ hasText: 'covers the web domain voice.elsewhere.example' })).toContainText('PBX 5')
  await expect(groups.filter({ hasText: 'Read-only' })).toContainText('PBX 6')
  await expect(groups.first()).toContainText(`SHA-256: ${first.fingerprint256}`)
  await expect(rollouts.panel.getByTestId('common')).toContainText('New certificate: Subject: CN=*.kunden.example')
  await expect(groups.filter({ hasText: 'CN=*.kunden.example' })).toHaveCount(0)
  expect(servers.map(uploadsTo)).toEqual([0, 0, 0, 0, 0, 0, 0])
  expect(await seriousFindings(fleet.page)).toEqual([])
  await rollouts.panel.getByRole('checkbox', { name: /Canary/ }).check()
  await rollouts.panel.getByLabel(/Type the number of servers/).fill('3')
  await rollouts.button('Apply (3)').click()
  await rollouts.at('review')
  await expect(rollouts.certificateOf('PBX 1')).toHaveAttribute('data-stage', 'waiting')
  expect(servers.map(uploadsTo)).toEqual([1, 0, 0, 0, 0, 0, 0])
  expect(await seriousFindings(fleet.page)).toEqual([])
  expect(await fleet.page.content()).not.toContain(keyMark())
  await fleet.kill()

  await fleet.start()
  await signInToAll(fleet)
  const { page } = fleet
  const again = new RolloutsPage(page)
  await page.getByRole('link', { name: 'Plans' }).click()
  await new PlansPage(page).rows.first().dblclick()
  await again.at('review')
  await expect(again.certificateOf('PBX 1')).toHaveAttribute('data-stage', 'waiting')
  await expect(again.button('Continue')).toBeDisabled()
  const keyMissing = again.panel.getByTestId('key-missing')
  await expect(keyMissing).toContainText('The private key is not stored.')
  expect(await seriousFindings(page)).toEqual([])
  await fleet.answerDialogs([[file('wrong.key')], [file('server.key')]])
  await keyMissing.getByRole('button').click()
  await expect(again.panel.getByRole('alert')).toContainText('does not belong to the certificate of this rollout')
  await expect(again.button('Continue')).toBeDisabled()
  await keyMissing.getByRole('button').click()
  await expect(keyMissing).toBeHidden()
  await again.button('Continue').click()
  await again.button('Resume (2)').click()
  await again.at('finished')
  await expect(again.count('done')).toContainText('3')
  expect(servers.map(uploadsTo)).toEqual([1, 1, 1, 0, 0, 0, 0])

  // The web servers restart one after the other, and one presents a certificate of somebody else.
  const { certificates } = again
  await expect(certificates.locator('[data-stage=waiting]')).toHaveCount(3)
  await expect(certificates).toContainText('docker restart portsip.webserver')
  await certificates.getByRole('button', { name: 'Copy' }).click()
  await expect(certificates).toContainText('Copied')
  await expect(certificates).toContainText('The SBC has its own certificate')
  await expect(certificates).toContainText('previous certificate cannot be restored')
  await expect(again.button('Revert…')).toBeHidden()
  first.restartWebServer()
  silent.restartWebServer()
  await changed.setFaults({ certificateChanged: true })
  await certificates.getByRole('button', { name: 'Check certificates' }).click()
  await expect(again.certificateOf('PBX 3')).toHaveAttribute('data-stage', 'other')
  await expect(again.certificateOf('PBX 3').getByRole('button')).toHaveCount(0)
  await expect(again.certificateOf('PBX 2')).toHaveAttribute('data-stage', 'presented')
  await expect(again.certificateOf('PBX 2')).toContainText('https://127.0.0.1:9: Not checked:')
  expect(await seriousFindings(page)).toEqual([])
  await certificates.getByRole('button', { name: 'Trust all presented (2)' }).click()
  await expect(certificates.locator('[data-stage=trusted]')).toHaveCount(2)
  await expect(again.certificateOf('PBX 1')).toHaveAttribute('data-settled', 'true')
  await expect(again.certificateOf('PBX 2')).toHaveAttribute('data-settled', 'false')

  await changed.setFaults({ certificateChanged: false })
  changed.restartWebServer()
  await certificates.getByRole('button', { name: 'Check certificates' }).click()
  await again.certificateOf('PBX 3').getByRole('button', { name: 'Trust PBX 3' }).click()
  await expect(certificates.locator('[data-stage=trusted]')).toHaveCount(3)
  const pins = (await fleet.call('workspace:get', {})).servers.map(({ pin }) => pin?.fingerprint256)
  expect(servers.map(({ fingerprint256 }) => fingerprint256)).toEqual(pins)
  expect(pins[0]).toBe(pins[1])
  expect(pins[6]).toBe(untouched.fingerprint256)

  const csv = join(fleet.profile, 'result.csv')
  await fleet.answerDialogs([csv])
  await again.button('Save result…').click()
  await expect(page.getByText('Saved as result.csv')).toBeVisible()
  expect(await readFile(csv, 'utf8')).toContain('PBX 4')
  const journal = await fleet.journalAfter(journalEnd)
  const entries = journal.filter(({ resource }) => resource === 'certificate')
  expect(entries.map(({ outcome }) => outcome)).toEqual(['done', 'done', 'done'])
  expect(entries.every(({ after }) => after.includes(pins[0] ?? '-'))).toBe(true)
  expect(JSON.stringify(journal)).not.toContain('BEGIN')
  expect(await page.content()).not.toContain(keyMark())
  expect(await fleet.log()).not.toContain(keyMark())
  await fleet.stop()
  expect(keyMark().length).toBeGreaterThan(40)
  expect(await filesHolding(fleet.profile, [keyMark()])).toEqual([])
  expect(servers.map(uploadsTo)).toEqual([1, 1, 1, 0, 0, 0, 0])
})

test('T4: the files of the page of a server are taken to others, and selected servers come with their menu', async ({
  launch,
  startPbx,
}) => {
  const servers = await Promise.all([0, 1, 2].map(() => startPbx({ ...small, webDomain: 'a.kunden.example' })))
  const fleet = await launch({ servers: servers.map((pbx, at) => draftOf(pbx, at)), before: signInToAll })
  const { page } = fleet
  const [certificate, rollouts] = [new RecordPage(page, 'certificate', 'Certificate'), new RolloutsPage(page)]
  const { certificateForm: form } = rollouts
  const sidebar = page.getByRole('treeitem')

  await sidebar.filter({ hasText: 'PBX 1' }).click()
  await sidebar.filter({ hasText: 'PBX 2' }).click({ modifiers: ['Control'] })
  await sidebar.filter({ hasText: 'PBX 2' }).click({ button: 'right' })
  await page.getByRole('menuitem', { name: 'Replace certificate…' }).click()
  await expect(form.getByTestId('selected')).toHaveText('2 servers selected')
  await expect(form.getByRole('status').filter({ hasText: 'Select the PEM files' })).toBeVisible()
  await form.getByRole('button', { name: 'Cancel' }).click()

  await sidebar.filter({ hasText: 'PBX 1' }).dblclick()
  await certificate.open()
  await fleet.answerDialogs([[file('leaf.pem'), file('server.key'), file('chain.pem')]])
  await certificate.root.getByRole('button', { name: 'Choose files…' }).click()
  await certificate.root.getByRole('button', { name: 'Apply to other servers…' }).click()
  await expect(form).toContainText('The chain ends at “Test Intermediate”')
  await form.getByRole('checkbox', { name: /PBX 2/ }).check()
  await form.getByRole('checkbox', { name: /PBX 3/ }).check()
  await form.getByRole('button', { name: 'Preview' }).click()
  await rollouts.at('ready')
  await rollouts.panel.getByLabel(/Type the number of servers/).fill('2')
  await rollouts.button('Apply (2)').click()
  await rollouts.at('finished')
  expect(servers.map(uploadsTo)).toEqual([0, 1, 1])
  await expect(rollouts.certificates.locator('[data-stage=waiting]')).toHaveCount(2)
})
