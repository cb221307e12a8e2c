import { existsSync, readFileSync } from 'node:fs'

/** The part of JSON Schema that the reference uses. */
export interface JsonSchema {
  readonly type?: string | readonly string[]
  readonly format?: string
  readonly enum?: readonly unknown[]
  readonly const?: unknown
  readonly default?: unknown
  readonly pattern?: string
  readonly minLength?: number
  readonly maxLength?: number
  readonly minimum?: number
  readonly maximum?: number
  readonly properties?: Readonly<Record<string, JsonSchema>>
  readonly required?: readonly string[]
  readonly items?: JsonSchema
  readonly allOf?: readonly JsonSchema[]
  readonly anyOf?: readonly JsonSchema[]
  readonly oneOf?: readonly JsonSchema[]
  readonly additionalProperties?: unknown
}

interface Parameter {
  readonly name: string
  readonly in: 'query' | 'path' | 'header'
  readonly schema: JsonSchema
}

type Content = Readonly<Record<string, { readonly schema?: JsonSchema }>>

export interface ReferenceOperation {
  readonly parameters?: readonly Parameter[]
  readonly requestBody?: { readonly content: Content }
  readonly responses: Readonly<Record<string, { readonly content?: Content }>>
}

const file = new URL('../../../shared/reference/portsip-openapi-22.json', import.meta.url)

/** Replaces each `$ref` by what it points to. A schema that contains itself would not end; the reference has none. */
function resolve(value: unknown, root: unknown): unknown {
  if (Array.isArray(value)) return value.map((item) => resolve(item, root))
  if (typeof value !== 'object' || value === null) return value
  const { $ref } = value as { readonly $ref?: unknown }
  if (typeof $ref !== 'string')
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, resolve(inner, root)]))
  const target = $ref
    .slice(2)
    .split('/')
    .reduce<unknown>(
      (at, key) => (at as Record<string, unknown>)[key.replaceAll('~1', '/').replaceAll('~0', '~')],
      root,
    )
  return resolve(target, root)
}

type Paths = Readonly<Record<string, Readonly<Record<string, unknown>>>>

const asPattern = (template: string): RegExp =>
  new RegExp(`^${template.replaceAll('.', '\\.').replaceAll(/\{\w+\}/g, '[^/]+')}$`)

/** The vendor's OpenAPI file, read operation by operation. */
export class Reference {
  private readonly resolved = new Map<string, ReferenceOperation>()

  private constructor(private readonly root: { readonly paths: Paths }) {}

  /** Undefined where the file does not lie beside the project. */
  static load(): Reference | undefined {
    return existsSync(file) ? new Reference(JSON.parse(readFileSync(file, 'utf8')) as { paths: Paths }) : undefined
  }

  /** `name` is `GET /ip_filters/{id}`. */
  operation(name: string): ReferenceOperation {
    const known = this.resolved.get(name)
    if (known !== undefined) return known
    const [method = '', path = ''] = name.split(' ')
    const raw = this.root.paths[path]?.[method.toLowerCase()]
    if (raw === undefined) throw new Error(`The reference has no ${name}`)
    const operation = resolve(raw, this.root) as ReferenceOperation
    this.resolved.set(name, operation)
    return operation
  }

  /** The name of the operation that a request means; a fixed part of a path goes before one that varies. */
  find(method: string, path: string): string | undefined {
    const found = Object.keys(this.root.paths)
      .filter((template) => this.root.paths[template]?.[method.toLowerCase()] !== undefined)
      .filter((template) => asPattern(template).test(path))
      .toSorted((a, b) => a.split('{').length - b.split('{').length)
    return found[0] === undefined ? undefined : `${method} ${found[0]}`
  }

  body(name: string): JsonSchema {
    return schemaOf(this.operation(name).requestBody?.content, name)
  }

  answer(name: string, status = '200'): JsonSchema {
    return schemaOf(this.operation(name).responses[status]?.content, name)
  }

  /** The schema of one row of a list's answer. */
  row(name: string): JsonSchema {
    const row = this.answer(name).properties?.['items']?.items
    if (row === undefined) throw new Error(`${name} does not answer a list`)
    return row
  }
}

function schemaOf(content: Content | undefined, name: string): JsonSchema {
  const schema = content?.['application/json']?.schema
  if (schema === undefined) throw new Error(`${name}: no JSON is documented there`)
  return schema
}
