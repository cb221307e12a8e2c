import { isBlank } from '@shared/resources/blank'
import { printNumber } from '@shared/format/print-number'
import type { RecordCheck, RecordValues } from '@shared/domain/record'
import type { Guard, GuardKind } from '@shared/domain/write'
import type { FieldSpec } from '@shared/resources/field'
import { entryField } from '@shared/journal/entry-field'
import { conflictKeys } from '@shared/resources/identity'
import type { ListId } from '@shared/resources/ids'
import { toForm, type FormValues } from '@shared/resources/nested'
import { isOfUse } from '@shared/resources/problem'
import { hasSummaries, manyOf, type ListResource } from '@shared/resources/resource'
import { createSchema } from '@shared/resources/schema'
import { valueText } from '@shared/resources/value-text'
import { asOfVersion, isVersionIn } from '@shared/resources/version'
import { allRecords, createRecord, showRecord } from '../../portsip/records'
import type { RecordHooks } from '../records/hooks'
import { createBody } from '../records/record-values'
import { isSecret } from '@shared/resources/secret'
import type { Harm, ListTarget } from './target'

const named = 5

/** What was found about several records, each guard of one kind with the names of the records that it is about. */
class FoundHarm {
  private readonly messages = new Map<GuardKind, string[]>()
  private readonly warnings = new Set<string>()

  add(check: RecordCheck | undefined, name: string): void {
    for (const warning of check?.warnings ?? []) this.warnings.add(warning)
    for (const { kind, message } of check?.guards ?? [])
      this.messages.set(kind, [...(this.messages.get(kind) ?? []), `${name}: ${message}`])
  }

  summary(): Omit<Harm, 'marks' | 'problems'> {
    const guards = [...this.messages].map(([kind, messages]): Guard => {
      const more = messages.length > named ? ` And ${printNumber(messages.length - named)} rows more.` : ''
      return { kind, message: `${messages.slice(0, named).join(' ')}${more}`, addresses: [] }
    })
    return { guards, warnings: [...this.warnings] }
  }
}

/**
 * Any described list. `version` is that of the server: fields that it does not have are not offered. `roleOf` returns
 * the role of its account, if it is known.
 */
export function listTarget(
  list: ListResource,
  version: string | undefined,
  hooks: RecordHooks = {},
  roleOf: () => string | undefined = () => undefined,
): ListTarget {
  const here = list.fields
    .filter((field) => isVersionIn(version, field))
    .map((field): FieldSpec => asOfVersion(field, version))
  const fields = here.filter((field) => field.readOnly !== true)
  const nameField = list.fields.find(({ key }) => key === list.nameKey)
  const nameOf = (values: FormValues): string =>
    nameField ? valueText(nameField, values[list.nameKey]) : list.singular
  const addProblems = (problems: Map<number, string>, at: number, check: RecordCheck | undefined): void => {
    const texts = (check?.problems ?? []).map(({ path, message }) => `${entryField(fields, path).label}: ${message}`)
    if (texts.length > 0) problems.set(at, texts.join('. '))
  }
  // Made for the first row: an import checks thousands.
  let schema: ReturnType<typeof createSchema> | undefined
  return {
    resource: list.id as ListId,
    operation: `POST ${list.path}`,
    singular: list.singular,
    plural: manyOf(list),
    fields,
    conflictKeys: (values) => conflictKeys(list, values),
    // What the file leaves blank is for the PBX to fill in, and a secret does not come back.
    compared: (values) =>
      fields.filter((field) => !isSecret(field) && !isBlank(values[field.key]) && isOfUse(field, values)),
    existing: (client, signal) => allRecords(client, list, {}, { signal }),
    ...(hasSummaries(list) && { whole: (client, id, signal) => showRecord(client, list, id, signal) }),
    problems: (values) => {
      schema ??= createSchema({ ...list, fields: here })
      const checked = schema.safeParse(createBody(list, values))
      return (checked.error?.issues ?? []).map(({ path, message }) => ({ path: path.join('.'), message }))
    },
    async harm({ client, server, signal }, rows) {
      const found = new FoundHarm()
      const marks = new Map<number, string>()
      const problems = new Map<number, string>()
      for (const { at, line, values } of hooks.check === undefined ? [] : rows) {
        signal.throwIfAborted()
        const check = await hooks.check?.({ client, server, changes: values as RecordValues })
        found.add(check, line === undefined ? nameOf(values) : `Row ${line}`)
        for (const { message } of check?.guards ?? []) marks.set(at, message)
        addProblems(problems, at, check)
      }
      if (hooks.checkCreates !== undefined) {
        const creates = rows.filter(({ at }) => !problems.has(at)).map(({ values }) => values as RecordValues)
        const warnings = await hooks.checkCreates({ client, role: roleOf(), rows: creates })
        found.add({ guards: [], warnings }, '')
      }
      return { ...found.summary(), marks, problems }
    },
    async changeHarm({ client, server, signal }, changed) {
      const found = new FoundHarm()
      const problems = new Map<number, string>()
      for (const [at, { id, current, changes }] of hooks.check === undefined ? [] : changed.entries()) {
        signal.throwIfAborted()
        const check = await hooks.check?.({ client, server, id, current, changes })
        found.add(check, nameOf(toForm(fields, current)))
        addProblems(problems, at, check)
      }
      return { ...found.summary(), problems }
    },
    deleteHarm: ({ client, server }, deleted) =>
      deleted.size === 0 || hooks.checkDestroy === undefined
        ? Promise.resolve([])
        : hooks.checkDestroy({ client, server, ids: [...deleted.keys()], records: deleted }),
    create: (client, values) => createRecord(client, list, createBody(list, values)),
  }
}
