import { z } from 'zod'
import type { PracticePbx } from '@demo/practice-pbx'
import { seriousFindings } from '../axe'
import { expect, test } from '../fixtures'
import type { FleetApp } from '../fleet-app'
import { RecordPage } from '../pages/records'
import { RolloutsPage } from '../pages/rollouts'
import { numbered, signInToAll } from '../servers'

const path = '/admin/notification/test_email'
const mailsOf = (pbx: PracticePbx): readonly unknown[] =>
  pbx.requests.filter((request) => request.path === path).map(({ body }) => body)

/** The notification settings of each server. */
const settingsOf = async (fleet: FleetApp) => {
  const { servers } = await fleet.call('workspace:get', {})
  return Promise.all(
    servers.map(async ({ id: serverId }) => ({
      serverId,
      ...(await fleet.call('records:get', { serverId, resource: 'notification' })),
    })),
  )
}

test('a recipient is added to those of each of 4 servers, which then send one test email each; what is sent again is confirmed', async ({
  launch,
  startPbx,
}) => {
  const servers = await Promise.all([0, 1, 2, 3].map(() => startPbx({ rules: 0, tenants: 1, dealers: 0 })))
  const fleet = await launch({ servers: numbered(servers), before: signInToAll })
  const { page } = fleet
  const [record, rollouts] = [new RecordPage(page, 'notification', 'Notifications'), new RolloutsPage(page)]
  const form = page.getByRole('dialog', { name: 'Apply to other servers' })
  const mails = page.getByRole('dialog', { name: 'Send test emails' })
  const results = mails.getByTestId('mail-results')
  const confirmation = { acknowledged: true, typedName: '', override: '' }
  const journalEnd = await fleet.journalEnd()
  const start = await settingsOf(fleet)
  for (const [at, changes] of [
    [1, { recipients: 'helpdesk@example.com' }],
    [2, { server: null }],
  ] as const) {
    const { serverId = '', values } = start[at] ?? {}
    const read = z.record(z.string(), z.json()).parse(values)
    await fleet.call('records:update', {
      ...{ serverId, resource: 'notification', before: read, changes, confirmation },
    })
  }
  const before = (await settingsOf(fleet)).map(({ values }) => String(values['recipients']))

  await page.getByRole('treeitem').filter({ hasText: 'PBX 1' }).dblclick()
  await record.open()
  await record.field('recipients').getByRole('textbox').fill('lead@example.com')
  await page.keyboard.press('Enter')
  await page.getByRole('button', { name: 'Apply to other servers…' }).click()
  await expect(form.getByRole('radio', { name: 'Add' })).toBeChecked()
  await expect(form.getByRole('list', { name: 'Recipients' })).toHaveText('lead@example.com')
  await form.getByText('Remove', { exact: true }).click()
  await expect(form.getByText('Enter what is removed')).toBeVisible()
  await form.getByText('Add', { exact: true }).click()
  await form.getByRole('button', { name: 'Select all shown (4)' }).click()
  expect(await seriousFindings(page)).toEqual([])
  await form.getByRole('button', { name: 'Preview' }).click()

  await rollouts.at('ready')
  await expect(rollouts.groups).toHaveText([
    /^4 servers: Change notification settings. Recipients: add lead@example.com/,
  ])
  await rollouts.groups.first().getByText('4 servers:').click()
  await expect(rollouts.groups.first()).toContainText(
    'PBX 2: Notifications: Recipients: helpdesk@example.com → Recipients: helpdesk@example.com, lead@example.com',
  )
  await rollouts.panel.getByRole('checkbox', { name: /Canary/ }).uncheck()
  await rollouts.panel.getByLabel(/Type the number of servers/).fill('4')
  await rollouts.button('Apply (4)').click()
  await rollouts.at('finished')
  await expect(rollouts.count('done')).toContainText('4')
  expect((await settingsOf(fleet)).map(({ values }) => values['recipients'])).toEqual(
    before.map((recipients) => `${recipients},lead@example.com`),
  )

  // One has no mail server, one refuses, and the response of one is lost.
  await servers[1]?.setFaults({ status: 403, onlyPath: `POST ${path}` })
  await servers[3]?.setFaults({ dropAfterReceive: true, times: 1, onlyPath: `POST ${path}` })
  await rollouts.button('Send test emails…').click()
  await expect(mails.getByLabel('Recipient', { exact: false }).first()).toHaveValue('lead@example.com')
  expect(await seriousFindings(page)).toEqual([])
  await mails.getByRole('button', { name: 'Send (4)' }).click()
  await expect(results).toHaveText('1 sent, 1 refused, 1 unknown, 1 not sent')
  const rows = mails.getByRole('listitem')
  await expect(rows.filter({ hasText: 'PBX 1' })).toContainText('Sent')
  await expect(rows.filter({ hasText: 'PBX 2' })).toContainText('Refused: ')
  await expect(rows.filter({ hasText: 'PBX 3' })).toContainText('Not sent: No SMTP server is set')
  await expect(rows.filter({ hasText: 'PBX 4' })).toContainText('Unknown: ')
  const mail = { recipient: 'lead@example.com', content: 'This email shows that the PBX can send email.' }
  expect(servers.map(mailsOf)).toEqual([
    [{ ...mail, subject: 'Test email from the PBX (PBX 1)' }],
    [{ ...mail, subject: 'Test email from the PBX (PBX 2)' }],
    [],
    [{ ...mail, subject: 'Test email from the PBX (PBX 4)' }],
  ])

  // The refused one is sent again; the others only if that is confirmed, also when the result is opened later.
  await servers[1]?.clearFaults()
  await mails.getByRole('button', { name: 'Send (2)' }).click()
  await expect(results).toHaveText('2 sent, 1 unknown, 1 not sent')
  await mails.getByRole('button', { name: 'Close' }).click()
  await expect(rollouts.panel.getByTestId('mails')).toHaveText('2 sent, 1 unknown, 1 not sent')
  await rollouts.button('Send test emails…').click()
  await mails.getByRole('checkbox', { name: 'Send again from 3 servers that may have sent one' }).check()
  await mails.getByRole('button', { name: 'Send (4)' }).click()
  await expect(results).toHaveText('3 sent, 1 not sent')
  expect(servers.map((pbx) => mailsOf(pbx).length)).toEqual([2, 3, 0, 2])
  const entries = await fleet.journalAfter(journalEnd)
  expect(entries.filter(({ object }) => object === 'notifications: test email')).toHaveLength(7)
})
