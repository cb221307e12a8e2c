import type { ApiRecord } from '@shared/resources/nested'
import { listIds, singleIds } from '@shared/resources/ids'
import { listOf, singleOf } from '@shared/resources/registry'
import { assignmentOf } from '@shared/resources/trunk-assignment'
import { dealerStatus } from '@main/portsip/account'
import { adminStatus } from '@main/portsip/admin-status'
import { ownDealer, renew, signIn, whoami } from '@main/portsip/auth'
import { serverInfo } from '@main/portsip/info'
import { installedPem } from '@main/portsip/key'
import { license } from '@main/portsip/license'
import type { PbxClient } from '@main/portsip/pbx-client'
import { createRecord, listRecords, showRecord } from '@main/portsip/records'
import { serverToken } from '@main/portsip/server-tokens'
import { allDealers, dealersOfTenant, roleNow, showOwnTenant, tenantStatus } from '@main/portsip/tenants'
import { transportStatus } from '@main/portsip/transport-status'
import { trunksAt } from '@main/portsip/trunk-hosts'
import { allTenants, allTrunks, trunkAssignees } from '@main/portsip/trunks'
import { uploadFile } from '@main/portsip/uploads'
import { readRows } from '@main/portsip/incomplete-list'
import type { OneReply } from './transport'

/** How the app reads the reply of an operation, and what of it the app cannot do without. */
export interface Reader {
  readonly operation: string
  readonly read: (reply: OneReply, body: unknown) => Promise<unknown>
  /** Identifiers: without one the reply is refused, or its row is missing. Paths without the numbers of rows. */
  readonly identifiers?: readonly string[]
  /** Parts of an entry that means nothing without them: the entry is missing. */
  readonly entries?: readonly string[]
  /** Fields that this reader passes over, which need not be understood. */
  readonly unused?: readonly string[]
  /** In place of those: the only fields that it uses beside identifiers. */
  readonly used?: readonly string[]
}

type With = (client: PbxClient, body: unknown) => Promise<unknown>
const by =
  (read: With): Reader['read'] =>
  ({ client }, body) =>
    read(client, body)

/** Also of a list that lacks a row. */
const rowsOf = async (pages: AsyncIterable<readonly unknown[]>) => ({ items: (await readRows(pages)).rows })
const idOf = (body: unknown): string => String((body as ApiRecord)['id'] ?? 't1')
const hostOf = (body: unknown): string => (body as { items: { hostname?: string }[] }).items[0]?.hostname ?? ''
const trunkFields = ['name', 'enabled', 'brand', 'hostname', 'port', 'did_numbers', 'shared']
const userFields = ['role', 'password_force_reset']
const page = { offset: 0, limit: 100 }
const rowId = ['items', 'items.id']
const hours = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'].flatMap((day) =>
  ['from', 'to'].map((part) => `office_hours.${day}.ranges.${part}`),
)

const singles = singleIds.map(singleOf).map((resource): Reader => ({
  operation: `GET ${resource.path}`,
  read: by((client) => showRecord(client, resource)),
  ...(resource.id === 'tenant' && { entries: hours }),
}))

const lists = listIds.map(listOf).flatMap((list): readonly Reader[] => [
  {
    operation: `GET ${list.path}`,
    read: by((client) => listRecords(client, list, page)),
    identifiers: rowId,
  },
  {
    operation: `GET ${list.path}/{id}`,
    read: by((client, body) => showRecord(client, list, idOf(body))),
    identifiers: ['id'],
    entries: hours,
  },
  {
    operation: `POST ${list.path}`,
    read: by((client) => createRecord(client, list, {})),
    identifiers: ['id'],
  },
])

const tokens = (['sbc', 'im'] as const).map((owner): Reader => ({
  operation: `GET /${owner}/token`,
  read: by(async (client) => ({ token: await serverToken(client, owner) })),
}))

const file = { name: 'logo.png', bytes: Buffer.alloc(0), digest: '' }

/** The connection of an upload, which has its ID and token from the headers of the first reply. */
const uploading = (client: PbxClient): PbxClient => ({
  ...client,
  post: ({ onHeaders }) => Promise.resolve(onHeaders?.({ 'portsip-upload-id': 'u1', 'portsip-upload-token': 'u2' })),
})

/** Every reply that the app reads; several readers of one reply are several rows. */
export const readers: readonly Reader[] = [
  ...singles,
  ...lists,
  ...tokens,
  {
    operation: 'GET /admin/status',
    read: by((client) => adminStatus(client)),
    entries: ['calls_in_24_hours.time', 'calls_in_24_hours.count'],
    unused: ['license_key'],
  },
  {
    operation: 'GET /tenant/status',
    read: by((client) => tenantStatus(client)),
    entries: ['calls_in_24_hours.time', 'calls_in_24_hours.count'],
  },
  { operation: 'GET /dealer/status', read: by((client) => dealerStatus(client)) },
  {
    operation: 'GET /info',
    read: by((client) => serverInfo(client)),
    unused: ['name', 'domain', 'website', 'avatar_url', 'enable_ms365_integration', 'ms365_authorization_endpoint'],
  },
  { operation: 'GET /key', read: by(async (client) => ({ crt: await installedPem(client) })), unused: ['key'] },
  { operation: 'GET /license', read: by((client) => license(client)) },
  {
    operation: 'GET /transports/{id}/status',
    read: by(async (client) => ({ status: await transportStatus(client, 'UDP', 't1') })),
  },
  {
    operation: 'GET /tenants/{id}/dealers',
    read: by(async (client) => ({ items: await dealersOfTenant(client, 't1') })),
    identifiers: rowId,
  },
  {
    operation: 'GET /dealers',
    read: by(async (client) => ({ items: await allDealers(client) })),
    identifiers: rowId,
    used: ['items.name', 'items.level', 'items.display_name', 'items.enabled'],
  },
  {
    operation: 'GET /dealer',
    read: ({ http }) => ownDealer(http, 'token', undefined),
    identifiers: ['id'],
    used: ['name'],
  },
  {
    operation: 'GET /tenant',
    read: by((client) => showOwnTenant(client)),
    entries: hours,
    unused: ['id', 'stir_shaken_cert', 'stir_shaken_key'],
  },
  {
    operation: 'GET /tenants',
    read: by((client) => rowsOf(allTenants(client))),
    identifiers: rowId,
    used: ['count', 'items.name', 'items.domain'],
  },
  {
    operation: 'GET /providers',
    read: by((client) => rowsOf(allTrunks(client))),
    identifiers: rowId,
    used: ['count', ...trunkFields.map((key) => `items.${key}`)],
  },
  {
    operation: 'GET /providers',
    read: by(async (client, body) => ({ name: await trunksAt(client, hostOf(body)) })),
    identifiers: rowId,
    entries: ['items.hostname'],
    used: ['items.name'],
  },
  {
    operation: 'GET /providers/{id}/assignees',
    read: by(async (client) => ({ items: await trunkAssignees(client, 't1') })),
    identifiers: ['items', 'items.tenant_id'],
  },
  {
    operation: 'GET /providers/{id}/assignees/{tenant_id}',
    read: by((client) => showRecord(client, assignmentOf('t1', 't2'))),
  },
  { operation: 'GET /auth/user', read: ({ http }) => whoami(http, 'auth', 'token', undefined), used: userFields },
  { operation: 'GET /auth/user', read: by(async (client) => ({ role: await roleNow(client) })), used: ['role'] },
  { operation: 'GET /login', read: ({ http }) => whoami(http, 'oauth', 'token', undefined), used: ['role'] },
  {
    operation: 'POST /auth/sign_in',
    read: ({ http }) => signIn(http, { username: 'admin', password: 'x', domain: '' }, undefined),
    identifiers: ['token', 'access_token'],
  },
  {
    operation: 'POST /auth/refresh_token',
    read: ({ http }) => renew(http, 'auth', 'token'),
    identifiers: ['access_token'],
  },
  {
    operation: 'POST /blobs/uploads/{id}/complete',
    read: by(async (client) => ({
      id: await uploadFile(uploading(client), file, AbortSignal.any([]), () => undefined),
    })),
    identifiers: ['id'],
  },
]
