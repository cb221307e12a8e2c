import { isObject, without, type ApiRecord } from '@shared/resources/nested'
import type { SingleId } from '@shared/resources/ids'
import { listOf, singleOf } from '@shared/resources/registry'
import type { Resource } from '@shared/resources/resource'
import { asOfVersion } from '@shared/resources/version'
import { createSchema, updateSchema } from '@shared/resources/schema'
import { isVersionIn } from '@shared/resources/version'
import type { PracticeSingle } from '../data/singles'
import { done, noContent, ok, type Answer } from '../answer'
import { notFound, validationProblem } from '../api-problem'
import { operation, operationWithBody, type Call, type Operation } from '../operation'
import type { ResourceList } from '../resource-list'
import type { PracticeList, StoredRecord } from '../stored-record'
import type { World } from '../world'

/** Nested objects keep fields that the change does not contain; blank text is stored as null. */
export function applyChange(record: ApiRecord, change: ApiRecord): ApiRecord {
  const entries = Object.entries(change).map(([key, value]) => {
    const current = record[key]
    return [
      key,
      isObject(value) && isObject(current) ? applyChange(current, value) : value === '' ? null : value,
    ] as const
  })
  return { ...record, ...Object.fromEntries(entries) }
}

/**
 * The record as this generation returns it: without secrets that the API never returns and fields of other generations.
 */
export const publicRecord = ({ fields }: Resource, record: ApiRecord, { options }: World): ApiRecord =>
  without(
    record,
    fields.filter((field) => field.writeOnly === true || !isVersionIn(options.version, field)).map(({ key }) => key),
  )

interface SingleRules {
  /** Throws an ApiProblem if the change is not allowed; may change the stored values. */
  readonly change?: (call: Call<ApiRecord>, next: ApiRecord) => ApiRecord
}

/** Where a single resource is stored. */
interface SingleStore {
  readonly read: (call: Call<unknown>) => ApiRecord
  readonly write: (call: Call<unknown>, next: ApiRecord) => void
}

const ofWorld = (id: PracticeSingle): SingleStore => ({
  read: ({ world }) => world.singles[id],
  write: ({ world }, next) => (world.singles[id] = next),
})

/** GET and POST of a single resource according to its description. */
export const singleOperations = (id: PracticeSingle, rules: SingleRules = {}): readonly Operation[] =>
  storedOperations(id, ofWorld(id), rules)

/** The same for one that is not stored once for the whole server. */
export function storedOperations(id: SingleId, store: SingleStore, rules: SingleRules = {}): readonly Operation[] {
  const resource = singleOf(id)
  const { path, roles: allow } = resource
  return [
    operation({
      method: 'GET',
      path,
      allow,
      answer: (call) => ok(publicRecord(resource, store.read(call), call.world)),
    }),
    operationWithBody({
      method: 'POST',
      path,
      allow,
      body: updateSchema(resource),
      answer: (call) => {
        const next = applyChange(store.read(call), call.body)
        store.write(call, rules.change?.(call, next) ?? next)
        return done
      },
    }),
  ]
}

/** Requires fields that only this generation requires. */
function requireNewer({ fields }: Resource, { world }: Call<unknown>, record: ApiRecord): void {
  const missing = fields
    .filter((field) => asOfVersion(field, world.options.version).required === true)
    .filter(({ key }) => [undefined, null, ''].includes(record[key] as null))
  if (missing.length > 0) throw validationProblem(missing.map(({ key }) => ({ field: key, message: 'It is required' })))
}

interface ListRules {
  /** The rows that the caller can see. */
  readonly visible?: (call: Call<unknown>) => ResourceList<StoredRecord>
  readonly created?: 200 | 201
  /** Each throws an ApiProblem if the change is not allowed; `stored` completes the stored row. */
  readonly create?: (call: Call<ApiRecord>, next: StoredRecord) => StoredRecord
  readonly change?: (call: Call<ApiRecord>, before: StoredRecord, next: StoredRecord) => StoredRecord
  /** May keep the row, for a delayed deletion. */
  readonly destroy?: (call: Call<unknown>, row: StoredRecord) => 'gone' | 'later'
}

/** The five operations of a list according to its description. */
export function listOperations(id: PracticeList, rules: ListRules = {}): readonly Operation[] {
  const resource = listOf(id)
  const { path, roles: allow, singular, paged } = resource
  const summary = (row: StoredRecord, world: World): ApiRecord =>
    without(
      publicRecord(resource, row, world),
      resource.fields.filter(({ detailOnly }) => detailOnly === true).map(({ key }) => key.split('.')[0] ?? key),
    )
  const visible = (call: Call<unknown>): ResourceList<StoredRecord> => rules.visible?.(call) ?? call.world.lists[id]
  const rowOf = (call: Call<unknown>): StoredRecord => {
    const row = visible(call).get(call.params['id'] ?? '')
    if (row === undefined) throw notFound(`The ${singular}`)
    return row
  }
  return [
    operation({
      method: 'GET',
      path,
      allow,
      answer: (call): Answer => {
        const page = paged
          ? visible(call).page(call.query)
          : { count: visible(call).all().length, items: visible(call).all() }
        return ok({ count: page.count, items: page.items.map((row) => summary(row, call.world)) })
      },
    }),
    operationWithBody({
      method: 'POST',
      path,
      allow,
      body: createSchema(resource),
      answer: (call) => {
        const next = { ...applyChange({}, call.body), id: call.world.ids.next() }
        requireNewer(resource, call, next)
        const row = rules.create?.(call, next) ?? next
        call.world.lists[id].add(row)
        return { status: rules.created ?? 201, body: { id: row.id } }
      },
    }),
    operation({
      method: 'GET',
      path: `${path}/:id`,
      allow,
      answer: (call) => ok(publicRecord(resource, rowOf(call), call.world)),
    }),
    operationWithBody({
      method: 'POST',
      path: `${path}/:id`,
      allow,
      body: updateSchema(resource),
      answer: (call) => {
        const before = rowOf(call)
        const next = { ...applyChange(before, call.body), id: before.id }
        call.world.lists[id].replace(rules.change?.(call, before, next) ?? next)
        return done
      },
    }),
    operation({
      method: 'POST',
      path: `${path}/:id/destroy`,
      allow,
      answer: (call) => {
        const row = rowOf(call)
        if ((rules.destroy?.(call, row) ?? 'gone') === 'gone') call.world.lists[id].remove(row.id)
        return noContent
      },
    }),
  ]
}
