import { afterEach, expect, test } from 'vitest'
import { printPercent } from '@shared/format/print-number'
import type { RecordValues } from '@shared/domain/record'
import type { ListEdit } from '@shared/rollout/list-edits'
import { notification } from '@shared/resources/notification'
import { showRecord, updateRecord } from '@main/portsip/records'
import { failureOf } from '../session/harness'
import { inOneWave, RolloutsHarness } from './harness'

let on: RolloutsHarness
afterEach(() => on.close())

/** Servers with these recipients. */
async function start(...recipients: readonly string[]): Promise<void> {
  on = await RolloutsHarness.start(recipients.length)
  const mail = { type: 'SMTP', username: 'pbx@example.com' }
  for (const [at, id] of on.ids.entries())
    await on.harness.send(id, (writer) =>
      updateRecord(writer, notification, undefined, { ...mail, recipients: recipients[at] ?? '' }),
    )
}

const preview = (edit: ListEdit, recipients: string | null, values: RecordValues = {}) =>
  on.service.previews.preview({
    ...{ kind: 'settings', resource: 'notification', serverIds: on.ids },
    ...{ values: { ...values, recipients }, lists: { recipients: edit } },
  })
const recipients = () =>
  Promise.all(on.ids.map(async (id) => (await showRecord(on.harness.servers.reader(id), notification)).recipients))
const changes = (at: number) =>
  on
    .pbx(at)
    .requests.filter(({ method, path }) => method === 'POST' && path === '/admin/notification')
    .slice(1)
    .map(({ body }) => body)

test('an added recipient keeps those of each server, which are one group, and the revert restores each list', async () => {
  await start('a@example.com', 'b@example.com,c@example.com', '', 'x@example.com,NOC@example.com')
  const before = await recipients()
  const shown = await preview('add', 'noc@example.com')
  expect(shown.groups).toMatchObject([
    {
      kind: 'apply',
      label: 'Change notification settings. Recipients: add noc@example.com',
      servers: ['PBX 0', 'PBX 1', 'PBX 2'],
    },
    { kind: 'nothing', label: 'Already in place', servers: ['PBX 3'] },
  ])
  expect(shown.groups[0]?.details[1]).toBe(
    'PBX 1: Notifications: Recipients: b@example.com, c@example.com → Recipients: b@example.com, c@example.com, noc@example.com',
  )
  await on.apply(shown, inOneWave)
  await on.rolloutEnded(shown.id)
  expect(await recipients()).toEqual([
    'a@example.com,noc@example.com',
    'b@example.com,c@example.com,noc@example.com',
    'noc@example.com',
    'x@example.com,NOC@example.com',
  ])
  expect(changes(0)).toEqual([
    { type: 'SMTP', username: 'pbx@example.com', recipients: 'a@example.com,noc@example.com' },
  ])

  const revert = await on.service.previews.preview({ kind: 'revert', rollout: shown.id })
  await on.apply(revert, inOneWave)
  await on.rolloutEnded(revert.id)
  expect(await recipients()).toEqual(before)
})

test('a removed recipient leaves the others; a server whose last one would go is warned of', async () => {
  await start('a@example.com,old@example.com', 'OLD@example.com', 'a@example.com')
  const shown = await preview('remove', 'old@example.com')
  expect(shown.groups).toMatchObject([
    { kind: 'apply', label: 'Change notification settings. Recipients: remove old@example.com', servers: ['PBX 0'] },
    { kind: 'apply', label: 'Change notification settings. Recipients: remove OLD@example.com', servers: ['PBX 1'] },
    { kind: 'nothing', servers: ['PBX 2'] },
  ])
  expect(shown.warnings).toEqual(['PBX 1: There are no recipients, so no notification is sent.'])
  await on.apply(shown, inOneWave)
  await on.rolloutEnded(shown.id)
  expect(await recipients()).toEqual(['a@example.com', null, 'a@example.com'])
})

test('servers with the same addition and another difference are in different groups', async () => {
  await start('a@example.com', 'b@example.com')
  await on.harness.send(on.ids[1] ?? '', (writer) =>
    updateRecord(writer, notification, undefined, {
      type: 'SMTP',
      username: 'pbx@example.com',
      hard_disk_threshold: 0.5,
    }),
  )
  expect(
    (await preview('add', 'noc@example.com', { hard_disk_threshold: 0.5 })).groups.map(({ label }) => label),
  ).toEqual([
    `Change notification settings. Recipients: add noc@example.com; Hard disk threshold: ${printPercent(0.9)} → ${printPercent(0.5)}`,
    'Change notification settings. Recipients: add noc@example.com',
  ])
})

test('a list that changes after the preview is a conflict, so that no recipient is lost', async () => {
  await start('a@example.com', 'b@example.com')
  const shown = await preview('add', 'noc@example.com')
  await on.harness.send(on.ids[1] ?? '', (writer) =>
    updateRecord(writer, notification, undefined, {
      type: 'SMTP',
      username: 'pbx@example.com',
      recipients: 'new@example.com',
    }),
  )
  await on.apply(shown, inOneWave)
  expect(await on.rolloutEnded(shown.id)).toMatchObject({ counts: { done: 1, conflict: 1 } })
  expect(await recipients()).toEqual(['a@example.com,noc@example.com', 'new@example.com'])
})

test('a list that would be too long, nothing to add, a wrong address and a field that is no list are refused', async () => {
  const full = Array.from({ length: 15 }, (_, at) => `u${at}@example.com`).join(',')
  await start(full, 'a@example.com')
  expect((await preview('add', 'noc@example.com')).groups).toMatchObject([
    { kind: 'apply', servers: ['PBX 1'] },
    { kind: 'excluded', label: expect.stringMatching(/^Recipients: .*15/), servers: ['PBX 0'] },
  ])
  expect(await failureOf(preview('add', null))).toMatchObject({ fields: [{ message: 'Nothing to add is entered' }] })
  expect((await failureOf(preview('add', 'nobody'))).message).toBe('Recipients: nobody is not an email address')
  const wrong = on.service.previews.preview({
    ...{ kind: 'settings', resource: 'notification', serverIds: on.ids },
    ...{ values: { server: 'smtp' }, lists: { server: 'add' } },
  })
  expect(await failureOf(wrong)).toMatchObject({ fields: [{ path: 'server', message: 'This field is not a list' }] })
})
