import Ajv2020, { type ValidateFunction } from 'ajv/dist/2020.js'
import { tokenSetSchema } from '@shared/domain/session'
import type { JsonSchema } from './facts/facts'
import { isKnownAnywhere, type Reference } from './reference'

/** A request and its answer as the practice PBX records them; `path` is relative to /api. */
export interface Traffic {
  readonly method: string
  readonly path: string
  readonly query: Readonly<Record<string, string | undefined>>
  readonly body: unknown
  readonly status: number
  readonly answer: unknown
}

/** The form-encoded sign-in is documented in prose alone. */
const undocumented: ReadonlySet<string> = new Set(['POST /login/oauth/token', 'POST /login/oauth/revoke'])

const rfc3339 = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:\d{2})$/
const whole = (bits: number, signed: boolean) => (value: number) =>
  Number.isInteger(value) && value >= (signed ? -(2 ** (bits - 1)) : 0) && value < 2 ** (signed ? bits - 1 : bits)

const ajv = new Ajv2020({
  strict: false,
  allErrors: true,
  // Most are used a few times: to optimize one takes longer than its use.
  code: { optimize: false },
  formats: {
    // The reference writes `date_time`, which no validator knows, for what RFC 3339 calls date-time.
    date_time: (text: string) => rfc3339.test(text) && !Number.isNaN(Date.parse(text)),
    int32: { type: 'number', validate: whole(32, true) },
    uint32: { type: 'number', validate: whole(32, false) },
    int64: { type: 'number', validate: (value: number) => Number.isSafeInteger(value) },
    double: { type: 'number', validate: () => true },
    binary: true,
  },
})

const refusalSchema: JsonSchema = {
  type: 'object',
  required: ['errors'],
  properties: {
    errors: {
      type: 'array',
      items: {
        type: 'object',
        required: ['code', 'message'],
        properties: { code: { type: 'string', minLength: 1 }, message: { type: 'string' } },
      },
    },
  },
}

/**
 * The reference's schema as answers keep to it. Blank fields are null although the types do not say so: every field that is not required may be
 * null. And both branches of its oneOf fit a sign-in, as neither requires a field: one of them is enough.
 */
function asAnswered(schema: JsonSchema): JsonSchema {
  const { properties, items, allOf, oneOf, anyOf, ...own } = schema
  const required = new Set(schema.required)
  const fields = Object.entries(properties ?? {}).map(([name, field]) => {
    const asked = asAnswered(field)
    return [name, required.has(name) ? asked : { anyOf: [asked, { type: 'null' }] }] as const
  })
  const choices = [...(oneOf ?? []), ...(anyOf ?? [])]
  return {
    ...own,
    ...(properties === undefined ? {} : { properties: Object.fromEntries(fields) }),
    ...(properties === undefined ? {} : { additionalProperties: false }),
    ...(items === undefined ? {} : { items: asAnswered(items) }),
    ...(allOf === undefined ? {} : { allOf: allOf.map(asAnswered) }),
    ...(choices.length === 0 ? {} : { anyOf: choices.map(asAnswered) }),
  }
}

/** By what is validated, and by schema: most are the same in all generations. */
const compiled = new Map<string, ValidateFunction>()

function compile(schema: JsonSchema): ValidateFunction {
  const text = JSON.stringify(schema)
  const check = compiled.get(text) ?? ajv.compile(schema)
  compiled.set(text, check)
  return check
}

function validate(key: string, make: () => JsonSchema, value: unknown): string[] {
  const check = compiled.get(key) ?? compile(make())
  compiled.set(key, check)
  if (check(value)) return []
  return (check.errors ?? []).map(({ instancePath, message = '', params }) => {
    const extra: unknown = (params as Record<string, unknown>)['additionalProperty']
    return `${key} ${instancePath} ${message}${typeof extra === 'string' ? `: ${extra}` : ''}`
  })
}

const asTyped = (text: string, { type }: JsonSchema): unknown =>
  type === 'integer' && /^-?\d+$/.test(text) ? Number(text) : type === 'boolean' ? text === 'true' : text

/** What is wrong with a request that was sent, by the reference; empty where nothing is. */
export function checkRequest(reference: Reference, { method, path, query, body, status }: Traffic): string[] {
  if (undocumented.has(`${method} ${path}`)) return []
  const name = reference.find(method, path)
  if (name === undefined)
    return status === 404 && isKnownAnywhere(method, path) ? [] : [`${method} ${path}: no such operation`]
  const { parameters = [], body: content } = reference.operation(name)
  const problems = Object.entries(query).flatMap(([key, value]) => {
    const parameter = parameters.find((each) => each.in === 'query' && each.name === key)
    if (parameter === undefined) return [`${name} ?${key}: no such parameter`]
    return validate(
      `${reference.version} ${name} ?${key}`,
      () => parameter.schema,
      asTyped(value ?? '', parameter.schema),
    )
  })
  const schema = content?.['application/json']
  if (schema === undefined) return body === undefined ? problems : [...problems, `${name}: takes no body`]
  const closed = () => ({ ...schema, additionalProperties: false })
  return [...problems, ...validate(`${reference.version} ${name} body`, closed, body ?? {})]
}

/** What is wrong with an answer, by the reference. Answers of 5xx are faults, of which it says nothing. */
export function checkAnswer(reference: Reference, { method, path, status, answer }: Traffic): string[] {
  if (status >= 500 || undocumented.has(`${method} ${path}`)) return []
  if (status >= 400) return validate('a refusal', () => refusalSchema, answer)
  const name = reference.find(method, path)
  if (name === undefined) return [`${method} ${path}: no such operation, and yet it was answered`]
  const documented = reference.operation(name).answers[String(status)]
  if (documented === undefined) return [`${name}: ${status} is not documented`]
  // What verify_otp answers is documented nowhere; it must be a set of tokens, as a session starts with it.
  if (name === 'POST /auth/verify_otp') return tokenSetSchema.safeParse(answer).success ? [] : [`${name}: no tokens`]
  const schema = documented['application/json']
  if (schema === undefined) return answer === undefined ? [] : [`${name} ${status}: no body is documented`]
  return validate(`${reference.version} ${name} ${status}`, () => asAnswered(schema), answer)
}
