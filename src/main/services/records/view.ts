import type { PbxRecord, RecordView } from '@shared/domain/record'
import { hasField, valueAt, without, type ApiRecord } from '@shared/resources/nested'
import type { Resource } from '@shared/resources/resource'
import { isSecret } from '@shared/resources/secret'
import { unexpectedIn } from '../../portsip/salvage'

/** Keys of the fields whose values never cross to the window. */
const secretKeys = ({ fields }: Resource): readonly string[] => fields.filter(isSecret).map(({ key }) => key)

/** The record without its secrets, as rows of a list cross. */
export const publicRecord = (resource: Resource, record: ApiRecord): PbxRecord => without(record, secretKeys(resource))

/** Fields that the app does not know, by their names on the top level and inside the objects that it knows. */
function unknownKeys({ fields }: Resource, record: ApiRecord): readonly string[] {
  const known = new Set(
    fields.flatMap(({ key }) => key.split('.').map((_, index, parts) => parts.slice(0, index + 1).join('.'))),
  )
  const objects = new Set(fields.flatMap(({ key }) => (key.includes('.') ? [key.split('.')[0] ?? ''] : [])))
  return Object.keys(record).flatMap((key) => {
    if (objects.has(key)) {
      const inner = record[key]
      const names = typeof inner === 'object' && inner !== null ? Object.keys(inner) : []
      return names.map((name) => `${key}.${name}`).filter((name) => !known.has(name))
    }
    return known.has(key) || key === 'id' ? [] : [key]
  })
}

/** Keys of the fields of which something was not understood. */
export const unreadKeys = ({ fields }: Pick<Resource, 'fields'>, record: ApiRecord): readonly string[] => {
  const paths = unexpectedIn(record)
  const concerns = (key: string) => (path: string) =>
    path === key || path.startsWith(`${key}.`) || key.startsWith(`${path}.`)
  return fields.map(({ key }) => key).filter((key) => paths.some(concerns(key)))
}

/** A record as the window gets it: its values without secrets, which secrets it has, and which fields the app does not know. */
export const recordView = (resource: Resource, record: ApiRecord, now: number): RecordView => ({
  values: publicRecord(resource, record),
  stored: secretKeys(resource).filter(
    (key) => hasField(record, key) && ![null, ''].includes(valueAt(record, key) as null),
  ),
  other: unknownKeys(resource, record),
  unread: unreadKeys(resource, record),
  readAt: new Date(now).toISOString(),
})
