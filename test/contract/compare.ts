import { z } from 'zod'
import type { JsonSchema } from './facts/facts'

export interface Comparison {
  /** Of ours, by `field.aspect` (`cidr.maxLength`): a difference that is meant, and why. */
  readonly except?: Readonly<Record<string, string>>
  /**
   * For an answer, the fields that the app cannot do without: the reference names none. Without it the required fields must be the same, as for
   * a body that is sent.
   */
  readonly needed?: readonly string[]
  /** Whether what the PBX assumes is stated on our side, too. */
  readonly defaults?: boolean
}

const limits = ['minLength', 'maxLength', 'minimum', 'maximum', 'pattern'] as const
const compared = ['type', 'enum', ...limits, 'default'] as const

const withoutNull = (type: JsonSchema['type']): JsonSchema['type'] => {
  if (!Array.isArray(type)) return type
  const real = (type as readonly string[]).filter((each) => each !== 'null')
  return real.length === 1 ? real[0] : real
}

/** One schema out of allOf, and out of a choice between something and null: blank fields are null whatever the reference's types say. */
function flat(schema: JsonSchema): JsonSchema {
  const { allOf, anyOf, type, ...rest } = schema
  const own = type === undefined ? rest : { ...rest, type: withoutNull(type) }
  const real = anyOf?.filter(({ type }) => type !== 'null')
  const parts = [...(allOf ?? []), ...(real?.length === 1 ? real : [])].map(flat)
  const choice = real !== undefined && real.length > 1 ? { anyOf: real } : {}
  return Object.assign({}, ...parts, own, choice) as JsonSchema
}

/** What zod adds is not declared by the app: the bounds of safe integers, and the pattern that stands for a format. */
function stated(schema: JsonSchema): JsonSchema {
  const { minimum, maximum, pattern, format, ...rest } = schema
  return {
    ...rest,
    ...(format === undefined ? {} : { format }),
    ...(minimum === undefined || minimum === Number.MIN_SAFE_INTEGER ? {} : { minimum }),
    ...(maximum === undefined || maximum === Number.MAX_SAFE_INTEGER ? {} : { maximum }),
    ...(pattern === undefined || format !== undefined ? {} : { pattern }),
  }
}

const shown = (value: unknown): string => (value === undefined ? 'nothing' : JSON.stringify(value))

const sorted = (value: unknown): unknown => (Array.isArray(value) ? value.toSorted() : value)

function* fieldDifferences(path: string, ours: JsonSchema, theirs: JsonSchema): Iterable<[string, string]> {
  for (const aspect of compared) {
    const [here, there] = [sorted(ours[aspect]), sorted(theirs[aspect])]
    if (shown(here) !== shown(there)) yield [`${path}.${aspect}`, `${shown(here)} here, ${shown(there)} there`]
  }
  if (ours.format === 'date-time' && theirs.format !== 'date_time') yield [`${path}.format`, 'a time here, not there']
}

function* objectDifferences(path: string, ours: JsonSchema, theirs: JsonSchema): Iterable<[string, string]> {
  const [here, there] = [ours.properties ?? {}, theirs.properties ?? {}]
  for (const name of new Set([...Object.keys(here), ...Object.keys(there)])) {
    const at = path === '' ? name : `${path}.${name}`
    const [mine, other] = [here[name], there[name]]
    if (mine === undefined) yield [`${at}.name`, 'not here']
    else if (other === undefined) yield [`${at}.name`, 'not there']
    else yield* anyDifferences(at, mine, other)
  }
}

function* anyDifferences(path: string, rawOurs: JsonSchema, rawTheirs: JsonSchema): Iterable<[string, string]> {
  const [ours, theirs] = [stated(flat(rawOurs)), flat(rawTheirs)]
  if (path !== '') yield* fieldDifferences(path, ours, theirs)
  if (ours.properties !== undefined && theirs.properties !== undefined) yield* objectDifferences(path, ours, theirs)
  if (ours.items !== undefined && theirs.items !== undefined)
    yield* anyDifferences(`${path}[]`, ours.items, theirs.items)
}

function* requiredDifferences(
  ours: JsonSchema,
  theirs: JsonSchema,
  needed?: readonly string[],
): Iterable<[string, string]> {
  const [here, there] = [new Set(ours.required), new Set(needed ?? theirs.required)]
  for (const name of here) if (!there.has(name)) yield [`${name}.required`, 'required here, not there']
  for (const name of there) if (!here.has(name)) yield [`${name}.required`, 'required there, not here']
}

/**
 * Compares a zod schema of ours with a schema of the reference, field by field: names, types, required, enums, lengths, minimum and maximum. Gives one line
 * for each difference, and for each exception that is no longer one.
 */
export function compare(
  schema: z.ZodType,
  theirs: JsonSchema,
  { except = {}, needed, defaults = false }: Comparison = {},
): string[] {
  const ours = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) as JsonSchema
  const found = new Map([...anyDifferences('', ours, theirs), ...requiredDifferences(ours, flat(theirs), needed)])
  const unexpected = [...found].filter(
    ([where]) => except[where] === undefined && (defaults || !where.endsWith('.default')),
  )
  const stale = Object.keys(except).filter((where) => !found.has(where))
  return [
    ...unexpected.map(([where, what]) => `${where}: ${what}`),
    ...stale.map((where) => `${where}: no longer differs, the exception can go`),
  ]
}
