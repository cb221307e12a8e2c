import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { allowed, mayUse } from '@shared/access/allowed'
import type { RecordValues } from '@shared/domain/record'
import { makeIdentity } from '@demo/certificate'
import { ownTenant } from '@shared/resources/own-tenant'
import { toForm } from '@shared/resources/nested'
import type { PracticeOptions } from '@demo/practice-pbx'
import { readOverview } from '@main/services/read-overview'
import { RecordsService } from '@main/services/records/records-service'
import { resourceHooks } from '@main/services/resource-hooks'
import { call, signIn } from '@test/unit/demo/client'
import { confirmed } from '../ip-rules/practice'
import { failureOf, Harness, sentTo } from '../session/harness'

const resource = 'tenant'

let harness: Harness
beforeEach(() => {
  harness = new Harness()
})
afterEach(() => harness.close())

const user = { username: 'user', role: 'StandardUser' } as const

async function start(version: PracticeOptions['version'] = '22.2', username = 'admin') {
  const account = { username, domain: 'tenant1.example' }
  const { pbx, id: serverId } = await harness.add({ version, tenants: 3, moreAccounts: [user] }, account)
  await harness.signIn(serverId, pbx, account)
  const { servers, writer } = harness
  const records = new RecordsService({ servers, writer, hooks: resourceHooks() })
  const state = () => harness.sessions.state(serverId)
  const change = (before: RecordValues, changes: RecordValues) =>
    records.update({ serverId, resource, before, changes, confirmation: confirmed })
  const sent = () => pbx.requests.filter(({ method, path }) => method === 'POST' && path === '/tenant')
  /** What the form shows. */
  const shown = async () => toForm(ownTenant.fields, (await records.get({ serverId, resource })).values) as RecordValues
  return { pbx, serverId, records, state, shown, change, sent, reader: harness.sessions.reader(serverId) }
}

it.each(['22.0', '22.1', '22.2', '22.3', '22.6'] as const)(
  '%s: the administrator of a tenant sees its tenant and the version of the server',
  async (version) => {
    const { shown, state, reader, pbx } = await start(version)
    expect(await shown()).toMatchObject({ domain: 'tenant1.example', 'e164.enabled': false })
    expect(state().version).toMatch(new RegExp(`^${version}`))
    const { tenant, status } = await readOverview(reader, state())
    expect([tenant?.version, status]).toEqual([state().version, undefined])
    expect(sentTo(pbx).filter((line) => /\/tenant.* 403/.test(line))).toEqual([])
  },
)

it('a change sends the changed fields alone, and is read back', async () => {
  const { shown, change, sent } = await start()
  const values = await shown()
  const changes = { log_retention: 7, recording_retention: 30, website: '' }
  const { after, differences } = await change(values, changes)
  expect([after['log_retention'], after['recording_retention'], differences]).toEqual([7, 30, []])
  expect(sent().map(({ body }) => body)).toEqual([changes])
})

it.each([
  ['name', '', 'Name is required'],
  ['domain', 'https://nord.example', expect.anything()],
  ['timezone', '', 'Time zone is required'],
  ['max_extensions', 5000, 'This field cannot be set'],
  ['enable_feature_trunks', false, 'This field cannot be set'],
  ['enabled', false, 'This field is not known'],
])('%s as "%s" is refused before anything is sent', async (path, value, message: unknown) => {
  const { change, sent } = await start()
  expect(await failureOf(change({}, { [path]: value }))).toMatchObject({ fields: [{ path, message }] })
  expect(sent()).toEqual([])
})

it('what was changed by somebody else meanwhile is a conflict', async () => {
  const { shown, change, pbx, sent } = await start()
  const values = await shown()
  const { access_token: token } = await signIn(pbx)
  const id = pbx.tenants().find(({ domain }) => domain === 'tenant1.example')?.id ?? ''
  await call(pbx, `POST /tenants/${id}`, { token, body: { log_retention: 7 } })
  expect(await failureOf(change(values, { name: 'Nord' }))).toMatchObject({ code: 'conflict' })
  expect(sent()).toEqual([])
})

describe('before it is sent', () => {
  it('a new domain and a shorter retention say what they break', async () => {
    const { records, serverId } = await start()
    const changes = { domain: 'new.example', recording_retention: 5 }
    const { warnings } = await records.check({ serverId, resource, changes })
    expect(warnings).toEqual([
      expect.stringContaining('lose their registration'),
      expect.stringContaining('shorter retention are deleted'),
      expect.stringContaining('edit this server and enter the new one'),
    ])
  })

  it('a key that does not fit its certificate stops the change', async () => {
    const { records, serverId } = await start()
    const [own, other] = await Promise.all([makeIdentity('valid-self-signed'), makeIdentity('expired')])
    const changes = { stir_shaken_cert: own.cert, stir_shaken_key: other.key }
    const { guards } = await records.check({ serverId, resource, changes })
    expect(guards.map(({ kind }) => kind)).toEqual(['key-mismatch'])
  })
})

it('the key of the tenant never leaves main', async () => {
  const { records, serverId, change } = await start()
  const { cert, key } = await makeIdentity('valid-self-signed')
  await change({}, { stir_shaken_cert: cert, stir_shaken_key: key })
  const { values, stored } = await records.get({ serverId, resource })
  expect(values['stir_shaken_cert']).toContain('BEGIN CERTIFICATE')
  expect(JSON.stringify(values)).not.toContain('PRIVATE KEY')
  expect(stored).toContain('stir_shaken_key')
})

it('a user of the tenant that is not its administrator has neither the page nor a request for it', async () => {
  const { pbx, state, reader } = await start('22.2', 'user')
  expect(state()).toMatchObject({ phase: 'signed-in', role: 'StandardUser', passwordForceReset: false })
  expect(mayUse(state(), resource, 'read')).toBe(false)
  expect((await readOverview(reader, state())).tenant).toBeUndefined()
  expect(sentTo(pbx).filter((line) => line.includes('/tenant'))).toEqual([])
})

it('accounts that belong to no tenant do not have the page; custom roles of a tenant may try it', () => {
  const capabilities = ['SystemSettings.FullAccess', 'Trunk.FullAccess']
  expect(allowed({ role: 'SystemAdmin', version: '22.6' }, resource, 'read')).toBe('no')
  expect(allowed({ role: 'Night Shift', version: '22.6', capabilities }, resource, 'read')).toBe('no')
  expect(allowed({ role: 'Front Desk', version: '22.6', isTenantUser: true }, resource, 'read')).toBe('unknown')
})
