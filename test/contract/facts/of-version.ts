import { isVersionIn } from '@shared/resources/version'
import type { Facts, JsonSchema, Operation } from './facts'
import { fieldFacts, operationFacts, type FieldFact } from './newer'

const json = 'application/json'
const asOf = '22.2'

const without = (schema: JsonSchema, field: string): JsonSchema => {
  const { [field]: gone, ...properties } = schema.properties ?? {}
  if (gone === undefined) throw new Error(`The reference has no ${field} that could go`)
  return { ...schema, properties }
}

function changed(schema: JsonSchema | undefined, { field, schema: added = {}, since }: FieldFact): JsonSchema {
  if (schema === undefined) throw new Error(`There is no place for ${field}`)
  if (since === undefined) return without(schema, field)
  return { ...schema, properties: { ...schema.properties, [field]: { ...schema.properties?.[field], ...added } } }
}

function changedRows(schema: JsonSchema | undefined, fact: FieldFact): JsonSchema {
  const items = schema?.properties?.['items']
  return {
    ...schema,
    properties: { ...schema?.properties, items: { ...items, items: changed(items?.items, fact) } },
  }
}

function withField(name: string, operation: Operation, fact: FieldFact): Operation {
  let { body, answers } = operation
  for (const { part } of fact.places.filter((place) => place.operation === name)) {
    const answer = answers['200']?.[json]
    if (part === 'body') body = { [json]: changed(body?.[json], fact) }
    else answers = { ...answers, 200: { [json]: part === 'row' ? changedRows(answer, fact) : changed(answer, fact) } }
  }
  const sent = body?.[json]
  if (fact.requiredIn === name && sent !== undefined)
    body = { [json]: { ...sent, required: [...(sent.required ?? []), fact.field] } }
  return { ...operation, answers, ...(body !== undefined && { body }) }
}

/** Whether a fact changes what the reference says for this generation: a field that came, or one that went. */
const applies = (version: string, fact: FieldFact): boolean =>
  fact.since === undefined ? !isVersionIn(version, fact) : isVersionIn(version, fact) && !isVersionIn(asOf, fact)

const covers = (pattern: string, name: string): boolean =>
  pattern.endsWith('*') ? name.startsWith(pattern.slice(0, -1)) : name === pattern

/** The facts of a server of this generation: those of the reference, with what later ones changed and without what earlier ones lack. */
export function factsOfVersion({ administration, operations }: Facts, version: string): Facts {
  const moved = operationFacts.flatMap(({ operation, movedFrom }) => {
    const old = movedFrom === undefined ? undefined : operations[movedFrom]
    return old === undefined ? [] : [[operation, old] as const]
  })
  const here = [...Object.entries(operations), ...moved].filter(([name]) =>
    operationFacts.every((fact) => !covers(fact.operation, name) || isVersionIn(version, fact)),
  )
  const changes = fieldFacts.filter((fact) => applies(version, fact))
  return {
    administration,
    operations: Object.fromEntries(
      here.map(([name, operation]) => [name, changes.reduce((at, fact) => withField(name, at, fact), operation)]),
    ),
  }
}
