import type { JsonSchema, Operation, Facts } from './facts'

/** Of a schema, what says how a value must be. Texts for readers are the vendor's and stay out. */
const stated = [
  'type',
  'format',
  'enum',
  'const',
  'default',
  'pattern',
  'minLength',
  'maxLength',
  'minimum',
  'maximum',
  'required',
] as const

type Json = Readonly<Record<string, unknown>>

const isObject = (value: unknown): value is Json => typeof value === 'object' && value !== null && !Array.isArray(value)
const asObject = (value: unknown): Json => (isObject(value) ? value : {})
const asList = (value: unknown): readonly Json[] => (Array.isArray(value) ? value.filter(isObject) : [])

/** In the order of their keys, without those whose value is undefined. */
const sorted = <T>(entries: readonly (readonly [string, T | undefined])[]): Record<string, T> =>
  Object.fromEntries(
    entries
      .filter((entry): entry is readonly [string, T] => entry[1] !== undefined)
      .toSorted(([a], [b]) => (a < b ? -1 : 1)),
  )

const mapped = <T>(value: unknown, make: (inner: unknown, key: string) => T | undefined): Record<string, T> =>
  sorted(Object.entries(asObject(value)).map(([key, inner]) => [key, make(inner, key)] as const))

/** What a `$ref` points to. */
function target(ref: string, root: Json): unknown {
  const keys = ref
    .slice(2)
    .split('/')
    .map((key) => key.replaceAll('~1', '/').replaceAll('~0', '~'))
  return keys.reduce<unknown>((at, key) => asObject(at)[key], root)
}

/** A schema with its references replaced and its `allOf` merged, for the reference writes a shared type as an `allOf` of one. */
function schemaFacts(raw: unknown, root: Json): JsonSchema {
  const { $ref, ...schema } = asObject(raw)
  if (typeof $ref === 'string') return schemaFacts(target($ref, root), root)
  const inner = (each: unknown) => schemaFacts(each, root)
  const choices = (key: 'anyOf' | 'oneOf') => (Array.isArray(schema[key]) ? schema[key].map(inner) : undefined)
  const own: Record<string, unknown> = sorted([
    ...stated.map((key) => [key, schema[key]] as const),
    ['properties', schema['properties'] === undefined ? undefined : mapped(schema['properties'], inner)],
    ['items', schema['items'] === undefined ? undefined : inner(schema['items'])],
    ['anyOf', choices('anyOf')],
    ['oneOf', choices('oneOf')],
  ])
  const parts = asList(schema['allOf']).map(inner)
  return sorted(Object.entries(Object.assign({}, ...parts, own) as Record<string, unknown>)) as JsonSchema
}

/** The schema of each kind of content; empty where nothing is stated, as of bytes. */
const contentFacts = (content: unknown, root: Json) =>
  mapped(content, (each) => {
    const { schema } = asObject(each)
    return schema === undefined ? {} : schemaFacts(schema, root)
  })

function operationFacts(raw: Json, root: Json): Operation {
  const parameters = asList(raw['parameters']).map((each) => ({
    in: String(each['in']),
    name: String(each['name']),
    ...(each['required'] === true && { required: true }),
    schema: schemaFacts(each['schema'], root),
  }))
  const { requestBody } = raw
  return {
    ...(requestBody !== undefined && { body: contentFacts(asObject(requestBody)['content'], root) }),
    ...(parameters.length > 0 && { parameters }),
    answers: mapped(raw['responses'], (each) => contentFacts(asObject(each)['content'], root)),
  }
}

/** The operations that the vendor's page of the Administration section lists. */
const administrationOf = (page: string): readonly string[] =>
  [...page.matchAll(/^(GET|POST) \/api(\/\S+) HTTP/gm)].map(([, method, path]) => `${method} ${path}`).toSorted()

/** The bare facts of the operations that `isUsed` names, from the vendor's OpenAPI file and its page. */
export function deriveFacts(openApi: Json, page: string, isUsed: (operation: string) => boolean): Facts {
  const all = Object.entries(asObject(openApi['paths'])).flatMap(([path, methods]) =>
    Object.entries(asObject(methods)).map(([method, raw]) => [`${method.toUpperCase()} ${path}`, raw] as const),
  )
  const administration = administrationOf(page)
  const used = all.filter(([name]) => administration.includes(name) || isUsed(name))
  return {
    administration,
    operations: sorted(used.map(([name, raw]) => [name, operationFacts(asObject(raw), openApi)])),
  }
}
