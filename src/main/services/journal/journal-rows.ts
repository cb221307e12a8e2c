import type { RecordValues } from '@shared/domain/record'
import type {
  EntryOutcome,
  IntentLine,
  JournalChoices,
  JournalRow,
  NoteLine,
  ResultLine,
} from '@shared/domain/journal-view'
import { entryField } from '@shared/journal/entry-field'
import { sourceText } from '@shared/journal/source-words'
import type { FieldSpec } from '@shared/resources/field'
import { resourceOf } from '@shared/resources/registry'
import { sortedNames } from '@shared/rows/order'

/** The fields of the resource of an entry; none for an action. */
export const fieldsOf = ({ write }: Pick<IntentLine, 'write'>): readonly FieldSpec[] =>
  write.resource === undefined ? [] : resourceOf(write.resource).fields

/** Values with their labels, in the order of the fields; blank ones only if they have a meaning, as Never. */
export function fieldTexts(
  fields: readonly FieldSpec[],
  values: RecordValues,
): readonly { readonly key: string; readonly label: string; readonly after: string }[] {
  const order = new Map(fields.map(({ key }, index) => [key, index]))
  const placeOf = (key: string): number => order.get(key) ?? order.size
  return Object.entries(values)
    .toSorted(([a], [b]) => placeOf(a) - placeOf(b))
    .flatMap(([key, value]) => {
      const { label, text } = entryField(fields, key)
      const after = text(value)
      return after === '' ? [] : [{ key, label, after }]
    })
}

/** The same as one text, `Label: value, Label: value`. */
export const valuesText = (fields: readonly FieldSpec[], values: RecordValues): string =>
  fieldTexts(fields, values)
    .map(({ label, after }) => `${label}: ${after}`)
    .join(', ')

/** The previous values that the change affects; all of them for a deletion. */
export const relevantBefore = ({ write: { kind, before, changes } }: Pick<IntentLine, 'write'>): RecordValues =>
  kind === 'delete' ? before : Object.fromEntries(Object.entries(before).filter(([key]) => Object.hasOwn(changes, key)))

/** Names and values of the changed fields as in the API. */
export const rawTexts = (intent: Pick<IntentLine, 'write'>): readonly unknown[] =>
  [relevantBefore(intent), intent.write.changes].flatMap((values) => Object.entries(values).flat())

/** The account of the computer and the one on the server. */
export const userText = ({ system, pbx }: IntentLine['user']): string => (pbx === '' ? system : `${system} as ${pbx}`)

/** The values by which these entries can be filtered. */
export const journalChoices = (intents: readonly IntentLine[]): JournalChoices => ({
  servers: sortedNames(intents.map(({ server }) => server.name)),
  folders: sortedNames(intents.map(({ server }) => server.folder)),
  tags: sortedNames(intents.flatMap(({ server }) => server.tags)),
  users: sortedNames(intents.map(({ user }) => userText(user))),
  resources: sortedNames(intents.map(({ write }) => write.resource ?? '')),
})

export function journalRow(
  intent: IntentLine,
  result: ResultLine | undefined,
  outcome: EntryOutcome,
  later: readonly NoteLine[],
): JournalRow {
  const { seq, at, server, user, write } = intent
  const fields = fieldsOf(intent)
  const differences = (result?.differences ?? []).map(
    ({ key, found }) => `${entryField(fields, key).label} is ${found || 'not set'}`,
  )
  const [ticket = '', ...notes] = [
    ...(intent.note === undefined ? [] : [intent.note]),
    ...later.map(({ text }) => text),
  ]
  return {
    id: String(seq),
    seq,
    at,
    server: server.name,
    folder: server.folder,
    tags: server.tags,
    object: write.identity,
    resource: write.resource ?? '',
    action: write.kind,
    before: valuesText(fields, relevantBefore(intent)),
    after: valuesText(fields, write.changes),
    outcome,
    message: [result?.error?.message ?? '', ...differences].filter(Boolean).join('; '),
    user: userText(user),
    ticket,
    notes: notes.join('; '),
    source: sourceText(intent.source),
  }
}
