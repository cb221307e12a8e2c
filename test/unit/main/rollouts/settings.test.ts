import { afterEach, describe, expect, test } from 'vitest'
import { printPercent } from '@shared/format/print-number'
import type { RecordValues } from '@shared/domain/record'
import type { SingleId } from '@shared/resources/ids'
import { singleOf } from '@shared/resources/registry'
import { showRecord, updateRecord } from '@main/portsip/records'
import { failureOf } from '../session/harness'
import { inOneWave, RolloutsHarness } from './harness'

let on: RolloutsHarness
afterEach(() => on.close())

const preview = (resource: SingleId, values: RecordValues, serverIds = on.ids) =>
  on.service.previews.preview({ kind: 'settings', resource, values, serverIds })
/** What somebody else sets on a server. */
const set = (at: number, resource: SingleId, values: RecordValues) =>
  on.harness.send(on.ids[at] ?? '', (writer) => updateRecord(writer, singleOf(resource), undefined, values))
const values = (resource: SingleId, key: string) =>
  Promise.all(
    on.ids.map(async (id) => (await showRecord(on.harness.servers.reader(id), singleOf(resource)))[key as 'id']),
  )
const mail = { type: 'SMTP', username: 'pbx@example.com' }
const path = '/admin/notification'

describe('settings of several servers', () => {
  test('each server gets only what differs, is grouped by it, and is reverted to its own values', async () => {
    on = await RolloutsHarness.start(5)
    await set(1, 'notification', { ...mail, recipients: 'a@example.com' })
    await set(2, 'notification', { ...mail, recipients: 'new@example.com' })
    await set(3, 'notification', { ...mail, recipients: 'new@example.com', hard_disk_threshold: 0.5 })
    on.harness.patch(on.ids[4] ?? '', { protection: 'read-only' })
    const sentBefore = on.posts().map(({ length }) => length)
    const shown = await preview('notification', { recipients: 'new@example.com', hard_disk_threshold: 0.5 })
    expect(shown).toMatchObject({
      title: 'Change notification settings on 3 servers',
      impact: '3 steps on 3 servers. Nothing is sent to 2 servers.',
      groups: [
        { kind: 'apply', label: 'Change notification settings', servers: ['PBX 0'] },
        { kind: 'apply', label: 'Change notification settings', servers: ['PBX 1'] },
        { kind: 'apply', label: 'Change notification settings', servers: ['PBX 2'] },
        { kind: 'nothing', label: 'Already in place', servers: ['PBX 3'] },
        { kind: 'excluded', label: 'Read-only', servers: ['PBX 4'] },
      ],
    })
    expect(shown.groups[2]?.details).toEqual([
      `Notifications: Hard disk threshold: ${printPercent(0.9)} → Hard disk threshold: ${printPercent(0.5)}`,
    ])
    expect(on.posts().map(({ length }) => length)).toEqual(sentBefore)
    await on.apply(shown, inOneWave)
    expect(await on.rolloutEnded(shown.id)).toMatchObject({ state: 'finished', counts: { done: 3 } })
    expect(await values('notification', 'recipients')).toEqual([
      ...['new@example.com', 'new@example.com', 'new@example.com', 'new@example.com'],
      'noc@example.com,oncall@example.com',
    ])
    expect(on.posts().map((each, at) => each.slice(sentBefore[at]))).toEqual([[path], [path], [path], [], []])

    const revert = await on.service.previews.preview({ kind: 'revert', rollout: shown.id })
    expect(revert.title).toBe('Revert “Change notification settings” on 3 servers')
    await on.apply(revert, inOneWave)
    await on.rolloutEnded(revert.id)
    expect(await values('notification', 'recipients')).toEqual([
      ...['noc@example.com,oncall@example.com', 'a@example.com', 'new@example.com', 'new@example.com'],
      'noc@example.com,oncall@example.com',
    ])
    expect((await values('notification', 'hard_disk_threshold')).slice(0, 4)).toEqual([0.9, 0.9, 0.9, 0.5])
  })

  test('a server whose version does not have a field is left out with the reason', async () => {
    on = await RolloutsHarness.start(3, {}, (at) => ({ version: at === 1 ? '22.6' : '22.2' }))
    const shown = await preview('notification', { notify_trunk_status_changed: true })
    expect(shown.groups).toMatchObject([
      { kind: 'apply', servers: ['PBX 1'] },
      { kind: 'excluded', label: 'This server does not have: Trunk status changed', servers: ['PBX 0', 'PBX 2'] },
    ])
    await on.apply(shown, inOneWave)
    await on.rolloutEnded(shown.id)
    expect(on.posts()).toEqual([[], [path], []])
  })

  test('a change made by somebody else after the preview is a conflict, and nothing is sent to that server', async () => {
    on = await RolloutsHarness.start(2)
    const shown = await preview('notification', { recipients: 'new@example.com' })
    await set(1, 'notification', { ...mail, recipients: 'mine@example.com' })
    await on.apply(shown, inOneWave)
    expect(await on.rolloutEnded(shown.id)).toMatchObject({ state: 'finished', counts: { done: 1, conflict: 1 } })
    expect(await values('notification', 'recipients')).toEqual(['new@example.com', 'mine@example.com'])
  })

  test('a value that is dangerous is blocked by a safety check, also of the resource itself', async () => {
    on = await RolloutsHarness.start(2)
    const unsafe = await preview('system-settings', { enable_create_non_exist_extension: true })
    expect(unsafe.guards).toMatchObject([{ kind: 'unsafe-value', message: expect.stringMatching(/^PBX 0, PBX 1: /) }])
    expect((await failureOf(on.apply(unsafe, inOneWave))).code).toBe('guarded')
    expect((await preview('notification', { type: 'MS365' })).warnings).toEqual([
      expect.stringMatching(/^PBX 0, PBX 1: .*Microsoft 365 requires a sign-in/),
    ])
    expect((await preview('notification', { recipients: '', notify_ip_blocked: true })).warnings).toEqual([
      'PBX 0, PBX 1: There are no recipients, so no notification is sent.',
    ])
    expect(on.posts().flat()).toEqual([])
  })

  test('what has no effect with the other values of a server is not sent, as in its form', async () => {
    on = await RolloutsHarness.start(2)
    await set(1, 'system-settings', { enable_session_timer: false })
    const shown = await preview('system-settings', { session_timer_duration: 900, user_agent: 'PBX' })
    expect(shown.warnings).toEqual(['PBX 1: No effect with the other settings, so not sent: Session timer duration'])
    await on.apply(shown, inOneWave)
    await on.rolloutEnded(shown.id)
    expect((await values('system-settings', 'session_timer_duration')).map((each) => each === 900)).toEqual([
      true,
      false,
    ])
    expect((await preview('system-settings', { session_timer_duration: 600 })).groups[1]).toMatchObject({
      ...{ kind: 'excluded', servers: ['PBX 1'] },
      label: 'No effect with the other settings, so not sent: Session timer duration',
    })
  })

  test.each([
    ['a value of one server alone', 'network', { private_ipv4: '10.0.0.1' }, 'Each server has its own addresses'],
    ['ports of the SBC', 'sbc', { https_port: 9999 }, 'Each server has its own SBC'],
    ['a secret', 'notification', { password: 'x' }, 'Secrets are set on each server'],
    ['a field that is only read', 'dealer', { name: 'x' }, 'It cannot be set'],
    ['a field that does not exist', 'notification', { nothing: 'x' }, 'This field is not known'],
  ] as const)('%s is refused with the reason', async (_, resource, wrong, message) => {
    on = await RolloutsHarness.start(1)
    expect(await failureOf(preview(resource, wrong))).toMatchObject({ code: 'rejected', fields: [{ message }] })
  })

  test('nothing to set, no server, an invalid value and another role are refused', async () => {
    on = await RolloutsHarness.start(1)
    expect((await failureOf(preview('notification', {}))).message).toBe('No field is selected')
    expect((await failureOf(preview('notification', { recipients: 'a@b.com' }, []))).message).toBe(
      'No server is selected',
    )
    expect((await failureOf(preview('notification', { recipients: 'nobody' }))).message).toBe(
      'Recipients: nobody is not an email address',
    )
    expect((await failureOf(preview('dealer', { phone: '1' }))).hint).toBe(
      'PBX 0: The role SystemAdmin does not have permission.',
    )
  })
})
