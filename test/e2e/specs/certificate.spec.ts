import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { encrypted, makePem, type Pem } from '@test/fakes/pem'
import { filesHolding } from '../secret-search'
import { expect, test } from '../fixtures'
import { dropFiles } from '../pages/drop-files'
import { RecordPage } from '../pages/records'
import { SessionPage } from '../pages/session'
import { launchSignedIn } from '../servers'

let pem: Pem
let folder: string
const file = (name: string): string => join(folder, name)

test.beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'fleet-pem-'))
  pem = await makePem(['pbx.example.com'])
  const other = await makePem(['other.example.com'])
  const write = (name: string, text: string): Promise<void> => writeFile(file(name), text)
  await write('leaf.pem', pem.cert)
  await write('chain.pem', pem.intermediate)
  await write('root.pem', pem.root)
  await write('server.key', pem.key)
  await write('encrypted.key', encrypted(pem.key))
  await write('other.key', other.key)
})
test.afterAll(() => rm(folder, { recursive: true, force: true }))

test('a certificate is selected, checked, uploaded, and trusted after the web server presents it', async ({
  launch,
  startPbx,
}) => {
  const pbx = await startPbx()
  const fleet = await launchSignedIn(launch, pbx, { protection: 'ask' })
  const { page } = fleet
  const certificate = new RecordPage(page, 'certificate', 'Certificate')
  await certificate.open()
  const { root, panel } = certificate
  const live = root.getByTestId('live')
  await expect(live).toHaveAttribute('data-live', 'same')
  await expect(root).toContainText('The SBC has its own certificate')

  await fleet.answerDialogs([[file('leaf.pem'), file('encrypted.key')]])
  await root.getByRole('button', { name: 'Choose files…' }).click()
  const found = root.getByTestId('candidate')
  await expect(found.locator('[data-level=stop]')).toContainText('passphrase')
  await expect(found).toContainText('intermediate certificates are missing')
  await expect(root.getByRole('button', { name: 'Review' })).toBeDisabled()
  await dropFiles(page, 'new-certificate', [file('other.key')])
  await expect(found.locator('[data-level=stop]')).toContainText(
    /The private key in \S+ does not belong to the certificate in \S+\./,
  )
  await dropFiles(page, 'new-certificate', [file('server.key'), file('chain.pem')])
  await expect(found.locator('[data-level=stop]')).toHaveCount(0)
  // The issuer of the last one is not there, and no public authority.
  await expect(found).toContainText('The chain ends at “Test Intermediate”')
  await dropFiles(page, 'new-certificate', [file('root.pem')])
  await expect(found).toContainText('The chain is complete: 3 certificates')

  await root.getByRole('button', { name: 'Review' }).click()
  await expect(panel.locator('[data-field=subject]')).toContainText('pbx.example.com')
  await expect(panel.locator('[data-field=fingerprint] del')).toContainText(pbx.fingerprint256)
  await panel.getByRole('checkbox', { name: /Upload this certificate/ }).check()
  await panel.getByRole('button', { name: 'Upload' }).click()
  await expect(live).toHaveAttribute('data-live', 'waits')
  await expect(live).toContainText('docker restart portsip.webserver')
  await live.getByRole('button', { name: 'Copy' }).click()
  await expect(live).toContainText('Copied')
  await live.getByRole('button', { name: 'Check again' }).click()
  await expect(live).toHaveAttribute('data-live', 'waits')

  pbx.restartWebServer()
  await live.getByRole('button', { name: 'Check again' }).click()
  await live.getByRole('button', { name: 'Trust new certificate' }).click()
  await expect(live).toContainText('The web server presents the installed certificate.')
  await root.getByRole('button', { name: 'Refresh' }).click()
  await expect(root).toHaveAttribute('data-state', 'ready')
  await expect(live).toHaveAttribute('data-live', 'same')

  const secret = pem.key.split('\n')[3] ?? ''
  expect(secret.length).toBeGreaterThan(40)
  expect(await page.content()).not.toContain(secret)
  expect(await fleet.log()).not.toContain(secret)
  await fleet.stop()
  expect(await filesHolding(fleet.profile, [secret])).toEqual([])
})

test('a web server that was restarted before anybody looked is no surprise in the trust panel', async ({
  launch,
  startPbx,
}) => {
  const pbx = await startPbx()
  const fleet = await launchSignedIn(launch, pbx)
  const { page } = fleet
  const certificate = new RecordPage(page, 'certificate', 'Certificate')
  await certificate.open()
  await fleet.answerDialogs([[file('leaf.pem'), file('server.key'), file('chain.pem')]])
  await certificate.root.getByRole('button', { name: 'Choose files…' }).click()
  await certificate.root.getByRole('button', { name: 'Review' }).click()
  await certificate.panel.getByRole('button', { name: 'Upload' }).click()
  await expect(certificate.root.getByTestId('live')).toHaveAttribute('data-live', 'waits')
  pbx.restartWebServer()
  await certificate.root.getByRole('button', { name: 'Refresh' }).click()
  const session = new SessionPage(page)
  const gate = session.gate('untrusted')
  await expect(gate.getByTestId('expected')).toContainText('uploaded to the server with this app')
  await session.trust()
  await expect(session.header).toContainText('SystemAdmin')
  await expect(certificate.root).toBeVisible()
})
