import { randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import { emptyServerDraft, type ServerRecord } from '@shared/domain/server'
import type { RecordValues } from '@shared/domain/record'
import type { FieldSpec } from '@shared/resources/field'
import { resourceIds, type ResourceId } from '@shared/resources/ids'
import { toForm, valueAt, type ApiRecord } from '@shared/resources/nested'
import { resourceOf } from '@shared/resources/registry'
import { isSecret } from '@shared/resources/secret'
import type { PbxClient } from '@main/portsip/pbx-client'
import { validate } from '@main/portsip/read-json'
import { RecordsService } from '@main/services/records/records-service'
import { resourceHooks } from '@main/services/resource-hooks'
import { oneServer } from '@test/fakes/servers'
import { writerOf } from '@test/fakes/writer'
import { conformingReply } from '../../../contract/replies/conforming'
import { reference } from '../../../contract/reference'
import { overridden } from '../ip-rules/practice'

/** Stands where a value should be; it must not be in anything that is sent. */
const marker = 'not-understood'

/** The record of a resource with a value in every field, as the facts say. */
function recordOf(id: ResourceId): ApiRecord {
  const { path, kind } = resourceOf(id)
  return conformingReply(reference.answer(`GET ${path}${kind === 'list' ? '/{id}' : ''}`)) as ApiRecord
}

/** A copy of the record in which one field is of another type. */
function spoilt(record: ApiRecord, key: string): ApiRecord {
  const copy = structuredClone(record) as Record<string, unknown>
  const parts = key.split('.')
  const last = parts.pop() ?? ''
  const holder = (parts.length === 0 ? copy : valueAt(copy, parts.join('.'))) as Record<string, unknown>
  holder[last] = typeof holder[last] === 'string' ? { marker } : marker
  return copy
}

/** Another value for fields of which that is simple. */
function otherValue(field: FieldSpec, value: unknown): boolean | string | number | undefined {
  if (field.readOnly === true || field.createOnly === true) return undefined
  if (field.kind === 'switch') return value !== true
  if (field.kind === 'choice') return field.choices.find((choice) => choice.value !== value)?.value
  if (field.kind === 'number') return (field.min ?? 0) + 1 === value ? (field.min ?? 0) + 2 : (field.min ?? 0) + 1
  if (field.kind === 'address') return field.family === 4 ? '192.0.2.9' : '2001:db8::9'
  return field.kind === 'text' && field.pattern === undefined && field.rule === undefined ? 'Another text' : undefined
}

/** A change inside the object of the field, or beside it. */
function changeBeside({ fields }: { readonly fields: readonly FieldSpec[] }, spoiltKey: string, record: ApiRecord) {
  const [top] = spoiltKey.split('.')
  const isNear = ({ key }: FieldSpec): boolean => key.includes('.') && key.split('.')[0] === top
  const candidates = [...fields.filter(isNear), ...fields].filter(({ key }) => key !== spoiltKey)
  for (const field of candidates) {
    const value = otherValue(field, valueAt(record, field.key))
    if (value !== undefined) return { [field.key]: value }
  }
  return undefined
}

/** A server that has this record, answers every list with nothing, and keeps what it is sent. */
function serverWith(id: ResourceId, record: ApiRecord) {
  const sent: unknown[] = []
  const { path: at, kind } = resourceOf(id)
  const own = `GET ${at}${kind === 'list' ? '/{id}' : ''}`
  const client: PbxClient = {
    get: ({ operation, schema }) =>
      Promise.resolve().then(() =>
        validate(schema, operation === own ? structuredClone(record) : { count: 0, items: [] }, operation),
      ),
    post: ({ body }) => Promise.resolve(void sent.push(JSON.parse(JSON.stringify(body)))),
    postFor: () => Promise.reject(new Error('Nothing is created here')),
    download: () => Promise.reject(new Error('No file is read here')),
    localAddress: () => undefined,
    remoteAddress: () => undefined,
  }
  const server: ServerRecord = {
    ...emptyServerDraft,
    id: randomUUID(),
    activeAddress: 'first',
    name: 'Acme',
    address: 'https://pbx.example.com:8887',
  }
  const records = new RecordsService({
    servers: oneServer(client, () => server),
    writer: writerOf(client, () => server),
    hooks: resourceHooks(),
  })
  return { sent, records, serverId: server.id }
}

/** Changes a record as its form does; what was sent. */
async function bodyOf(resource: ResourceId, record: ApiRecord, changes: RecordValues) {
  const { records, serverId, sent } = serverWith(resource, record)
  const described = resourceOf(resource)
  const id = described.kind === 'list' ? String(record['id']) : undefined
  const view = await records.get({ serverId, resource, id })
  const shown = described.fields.filter((field) => !isSecret(field))
  const before = toForm(shown, view.values) as RecordValues
  await records.update({ serverId, resource, id, before, changes, confirmation: overridden })
  return { unread: view.unread, body: sent[0] as ApiRecord }
}

test.each(resourceIds)('%s: a change sends back nothing that was not understood', async (id) => {
  const resource = resourceOf(id)
  const record = recordOf(id)
  const given = resource.fields.filter(({ key }) => key !== 'id' && valueAt(record, key) !== undefined)
  expect(given.length).toBeGreaterThan(2)
  for (const { key } of given) {
    const changes = changeBeside(resource, key, record)
    if (changes === undefined) throw new Error(`Nothing can be changed beside ${key}`)
    const usual = await bodyOf(id, record, changes)
    const { unread, body } = await bodyOf(id, spoilt(record, key), changes)
    expect(unread).toEqual([key])
    expect(valueAt(body, key)).toBeUndefined()
    expect(JSON.stringify(body)).not.toContain(marker)
    for (const field of resource.fields)
      if (field.key !== key)
        expect([field.key, valueAt(body, field.key)]).toEqual([field.key, valueAt(usual.body, field.key)])
  }
})
