import type { RecordValues } from '@shared/domain/record'
import type { Guard, GuardKind } from '@shared/domain/write'
import type { FieldSpec } from '@shared/resources/field'
import type { ListId } from '@shared/resources/ids'
import type { FormValues } from '@shared/resources/nested'
import { isOfUse } from '@shared/resources/problem'
import { manyOf, type ListResource } from '@shared/resources/resource'
import { createSchema } from '@shared/resources/schema'
import { plainText } from '@shared/resources/value-text'
import { asOfVersion, isVersionIn } from '@shared/resources/version'
import { allRecords, createRecord, listRecords, showRecord, wholeList } from '../../portsip/records'
import { recordHooks } from '../records/hooks'
import { createBody } from '../records/record-values'
import { isSecret } from '@shared/resources/secret'
import type { ImportTarget } from './target'

const named = 5
const isBlank = (value: unknown): boolean => value === undefined || value === null || value === ''

/** A name, a domain and a port are each given once on a server. A name that is one of a few choices, such as a protocol, is not. */
function identityKeys({ nameKey, fields }: ListResource): readonly string[] {
  const name = fields.find(({ key, kind }) => key === nameKey && kind !== 'choice')
  return [...new Set([...(name ? [nameKey] : []), 'domain', 'port'])].filter((key) =>
    fields.some((field) => field.key === key),
  )
}

/** Any described list. `version` is that of the server: fields that it does not have are not offered. */
export function listTarget(list: ListResource, version: string | undefined): ImportTarget {
  const here = list.fields
    .filter((field) => isVersionIn(version, field))
    .map((field): FieldSpec => asOfVersion(field, version))
  const fields = here.filter((field) => field.readOnly !== true)
  const identity = identityKeys(list)
  const hook = recordHooks[list.id as keyof typeof recordHooks]?.check
  const summaries = list.fields.some(({ detailOnly }) => detailOnly === true)
  return {
    resource: list.id as ListId,
    operation: `POST ${list.path}`,
    one: list.one,
    many: manyOf(list),
    fields,
    identities: (values) =>
      identity.filter((key) => !isBlank(values[key])).map((key) => `${key} ${plainText(values[key]).toLowerCase()}`),
    // What the file leaves blank is for the PBX to fill in, and a secret does not come back.
    compared: (values) =>
      fields.filter((field) => !isSecret(field) && !isBlank(values[field.key]) && isOfUse(field, values)),
    async *existing(client, signal) {
      if (list.paged) yield* allRecords(client, list, {}, { signal })
      else yield await wholeList(client, list, signal)
    },
    ...(summaries && { whole: (client, id, signal) => showRecord(client, list, id, signal) }),
    problems: (values) => {
      const checked = createSchema({ ...list, fields: here }).safeParse(createBody(list, values))
      return (checked.error?.issues ?? []).map(({ path, message }) => ({ path: path.join('.'), message }))
    },
    async harm({ client, server, signal }, rows) {
      const said = new Map<GuardKind, string[]>()
      const warnings = new Set<string>()
      const marks = new Map<number, string>()
      for (const { at, line, values } of hook === undefined ? [] : rows) {
        signal.throwIfAborted()
        const found = await hook?.({ client, server, changes: values as RecordValues })
        for (const warning of found?.warnings ?? []) warnings.add(warning)
        for (const { kind, message } of found?.guards ?? []) {
          said.set(kind, [...(said.get(kind) ?? []), `Row ${line}: ${message}`])
          marks.set(at, message)
        }
      }
      const guards = [...said].map(([kind, messages]): Guard => {
        const more = messages.length > named ? ` And ${(messages.length - named).toLocaleString('en')} rows more.` : ''
        return { kind, message: `${messages.slice(0, named).join(' ')}${more}`, addresses: [] }
      })
      return { guards, warnings: [...warnings], marks }
    },
    create: (client, values) => createRecord(client, list, createBody(list, values)),
    async find(client, values: FormValues) {
      if (!list.paged) return wholeList(client, list)
      const filter = [{ key: list.nameKey, operator: 'eq', value: plainText(values[list.nameKey]) }] as const
      return (await listRecords(client, list, { filter, offset: 0, limit: 100 })).items
    },
  }
}
