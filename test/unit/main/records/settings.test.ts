import { generateKeyPairSync } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { RecordValues } from '@shared/domain/record'
import { printNumber } from '@shared/format/print-number'
import { makeIdentity } from '@demo/certificate'
import { sendTestMail } from '@main/portsip/notification'
import { confirmed, overridden, received, refusal } from '../ip-rules/practice'
import { startRecords, type StartedRecords } from './practice'

const started: StartedRecords[] = []
const start = async (...args: Parameters<typeof startRecords>): Promise<StartedRecords> => {
  const fleet = await startRecords(...args)
  started.push(fleet)
  return fleet
}
afterAll(() => Promise.all(started.map(({ close }) => close())))

describe('system settings', () => {
  let fleet: StartedRecords
  beforeAll(async () => (fleet = await start()))

  const at = () => ({ serverId: fleet.serverId, resource: 'system-settings' }) as const
  const change = (changes: RecordValues, confirmation = confirmed) =>
    fleet.records.update({ ...at(), before: {}, changes, confirmation })

  test('a dangerous value stops the write until it is overridden; a doubtful one is only a warning', async () => {
    const changes = { enable_create_non_exist_extension: true, web_failed_auth_amount: 1000 }
    const { guards, warnings } = await fleet.records.check({ ...at(), changes })
    expect(guards.map(({ kind }) => kind)).toEqual(['unsafe-value'])
    expect(warnings).toEqual(['Maximum failed sign-ins: Allows guessing administrator passwords.'])
    expect(await refusal(change(changes))).toMatchObject({ code: 'guarded' })
    expect(received(fleet.pbx, 'POST', /settings/)).toEqual([])
    expect((await change(changes, overridden)).differences).toEqual([])
    expect((await fleet.records.check({ ...at(), changes: { enable_digest_auth: false } })).guards).toHaveLength(1)
    expect(await fleet.records.check({ ...at(), changes: { enable_digest_auth: true } })).toEqual({
      guards: [],
      warnings: [],
    })
  })

  test.each([
    ['session_timer_duration', 89, 'Minimum 90'],
    ['session_timer_duration', 3601, `Maximum ${printNumber(3600)}`],
    ['register_expiration_time', 89, 'Minimum 90'],
    ['web_failed_auth_amount', null, 'Maximum failed sign-ins is required'],
    ['user_agent', '', 'User agent is required'],
    ['custom_options', '{', /^Not valid JSON/],
    ['stir_shaken_key', 'no key', /^PEM text is expected/],
  ])('%s does not take %s', async (path, value, message) => {
    const { fields } = await refusal(change({ [path]: value }))
    expect(fields).toEqual([{ path, message: typeof message === 'string' ? message : expect.stringMatching(message) }])
  })

  test('the key of STIR/SHAKEN goes with its certificate, never comes back, and left empty it stays', async () => {
    const [own, other] = await Promise.all([makeIdentity('valid-self-signed'), makeIdentity('expired')])
    const check = (changes: RecordValues) => fleet.records.check({ ...at(), changes })
    const mismatch = await check({ stir_shaken_cert: own.cert, stir_shaken_key: other.key })
    expect(mismatch.guards.map(({ message }) => message)).toEqual([
      expect.stringContaining('does not match the certificate'),
    ])
    expect((await check({ stir_shaken_cert: other.cert })).warnings).toEqual([
      'The STIR/SHAKEN certificate has expired: calls signed by it are not trusted.',
    ])
    const locked = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey.export({
      type: 'pkcs8',
      format: 'pem',
      cipher: 'aes-256-cbc',
      passphrase: 'practice',
    })
    const asPlain = String(locked).replaceAll('ENCRYPTED PRIVATE', 'PRIVATE')
    expect((await check({ stir_shaken_key: asPlain })).guards[0]?.message).toContain('cannot be read')

    const pair = { stir_shaken_cert: own.cert.trim(), stir_shaken_key: own.key }
    const { after, differences } = await change(pair)
    expect(differences).toEqual([])
    expect(JSON.stringify(after)).not.toContain(own.key.slice(40, 80))
    const view = await fleet.records.get(at())
    expect(view.stored).toEqual(['stir_shaken_key'])
    expect(JSON.stringify(view)).not.toContain('PRIVATE KEY')
    // The stored key is compared with a new certificate, too.
    expect((await check({ stir_shaken_cert: other.cert })).guards.map(({ kind }) => kind)).toEqual(['key-mismatch'])

    const before = received(fleet.pbx, 'POST', /settings/).length
    await change({ stir_shaken_key: null })
    expect(received(fleet.pbx, 'POST', /settings/)).toHaveLength(before)
  })

  test('what is cleared goes out as an empty text', async () => {
    const { differences } = await change({ blocked_user_agents: null, custom_options: null })
    expect(differences).toEqual([])
    expect(received(fleet.pbx, 'POST', /settings/).at(-1)?.body).toEqual({
      blocked_user_agents: '',
      custom_options: '',
    })
  })

  test('the warning names the devices that are blocked and the calls that are recorded', async () => {
    const { warnings } = await fleet.records.check({
      ...at(),
      changes: { blocked_user_agents: 'Yealink', trace_server_host: 'homer.example.com' },
    })
    expect(warnings.join()).toMatch(/can no longer register.*signaling of all tenants.*has no port/)
  })
})

describe('notifications', () => {
  const at = ({ serverId }: StartedRecords) => ({ serverId, resource: 'notification' }) as const

  test('type and username are sent with each change; the password only if it was typed, and it is never returned', async () => {
    const fleet = await start()
    const view = await fleet.records.get(at(fleet))
    expect(view.values).not.toHaveProperty('password')
    const change = (changes: RecordValues) =>
      fleet.records.update({ ...at(fleet), before: {}, changes, confirmation: confirmed })
    await change({ cpu_threshold: 0.5, password: null })
    await change({ password: 'Practice-Mail-7' })
    const always = { type: 'SMTP', username: 'pbx@example.com' }
    expect(received(fleet.pbx, 'POST', /notification/).map(({ body }) => body)).toEqual([
      { ...always, cpu_threshold: 0.5 },
      { ...always, password: 'Practice-Mail-7' },
    ])
    expect(JSON.stringify(await fleet.records.get(at(fleet)))).not.toContain('Practice-Mail-7')
    const many = Array.from({ length: 16 }, (_, index) => `a${index}@example.com`).join(',')
    expect(await refusal(change({ recipients: many }))).toMatchObject({
      fields: [{ path: 'recipients', message: 'Maximum 15 entries (16 entered)' }],
    })
    expect(await refusal(change({ cpu_threshold: 1.5 }))).toMatchObject({ code: 'rejected' })
  })

  test('settings that prevent email are reported', async () => {
    const fleet = await start()
    const warnings = async (changes: RecordValues) =>
      (await fleet.records.check({ ...at(fleet), changes })).warnings.join('\n')
    expect(await warnings({ type: 'MS365' })).toContain('requires a sign-in and consent')
    expect(await warnings({ server: '' })).toContain('Without an SMTP server, no email is sent.')
    expect(await warnings({ recipients: '' })).toContain('There are no recipients')
    expect(await warnings({ enable_tenant_access: false })).toContain('Tenants without their own mail server')
    expect(await warnings({ hard_disk_threshold: 0 })).toContain('At 0 no email is sent')
    expect(await warnings({ cpu_threshold: 0.7 })).toBe('')
  })

  test('22.6 has other switches: each server gets those that it answered', async () => {
    const [older, newer] = await Promise.all([start(), start({ version: '22.6' })])
    const change = (fleet: StartedRecords, changes: RecordValues) =>
      fleet.records.update({ ...at(fleet), before: {}, changes, confirmation: confirmed })
    const renamed = { notify_service_status_changed: true, notify_trunk_status_changed: true }
    expect((await change(newer, renamed)).differences).toEqual([])
    expect((await change(older, { notify_service_disconnected: true })).differences).toEqual([])
    for (const refused of [change(older, renamed), change(newer, { notify_service_disconnected: true })])
      expect((await refusal(refused)).fields?.[0]?.message).toBe('This server does not have this field')
  })

  test('a test mail is sent by what is saved, and refused where nothing is', async () => {
    const fleet = await start()
    const mail = { recipient: 'noc@example.com', subject: 'Test', content: 'Text' }
    await sendTestMail(fleet.client, mail, 'admin')
    expect(received(fleet.pbx, 'POST', /test_email/).at(-1)?.body).toEqual(mail)
    const changes = { server: null }
    await fleet.records.update({ ...at(fleet), before: {}, changes, confirmation: confirmed })
    expect(await refusal(sendTestMail(fleet.client, mail, 'admin'))).toMatchObject({
      code: 'rejected',
      message: expect.stringContaining('not set up') as string,
    })
  })
})

describe('SBC and IM server', () => {
  test('transports of the SBC go as a whole, each with its port; addresses of the IM server are addresses', async () => {
    const fleet = await start()
    const sbc = { serverId: fleet.serverId, resource: 'sbc', before: {}, confirmation: confirmed } as const
    const rows = [
      { protocol: 'TLS', port: 5067 },
      { protocol: 'UDP', port: 5069 },
    ]
    const { after } = await fleet.records.update({ ...sbc, changes: { transports: rows } })
    expect(after['transports']).toEqual(rows)
    expect((await refusal(fleet.records.update({ ...sbc, changes: { transports: [{ port: 1 }] } }))).fields).toEqual([
      { path: 'transports', message: 'Row 1, protocol: Protocol is required' },
    ])
    const im = { ...sbc, resource: 'im' } as const
    expect((await refusal(fleet.records.update({ ...im, changes: { public_ipv4: '1.2.3' } }))).fields).toEqual([
      { path: 'public_ipv4', message: 'An IPv4 address is expected' },
    ])
    expect((await fleet.records.update({ ...im, changes: { public_ipv4: '' } })).differences).toEqual([])
  })
})
