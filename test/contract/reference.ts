import { readFileSync } from 'node:fs'
import type { Content, Facts, JsonSchema, Operation } from './facts/facts'
import { factsOfVersion } from './facts/of-version'

const asPattern = (template: string): RegExp =>
  new RegExp(`^${template.replaceAll('.', '\\.').replaceAll(/\{\w+\}/g, '[^/]+')}$`)

interface Route {
  readonly name: string
  readonly method: string
  readonly pattern: RegExp
}

/** The committed facts of the vendor's API, operation by operation. */
export class Reference {
  private readonly routes: readonly Route[]

  constructor(
    /** The generation of the PBX that it describes. */
    readonly version: string,
    private readonly facts: Facts,
  ) {
    this.routes = Object.keys(facts.operations)
      .toSorted((a, b) => a.split('{').length - b.split('{').length)
      .map((name) => {
        const [method = '', path = ''] = name.split(' ')
        return { name, method, pattern: asPattern(path) }
      })
  }

  /** The 61 operations of the Administration section. */
  get administration(): readonly string[] {
    return this.facts.administration
  }

  /** `name` is `GET /ip_filters/{id}`. */
  operation(name: string): Operation {
    const operation = this.facts.operations[name]
    if (operation === undefined) throw new Error(`The reference has no ${name}`)
    return operation
  }

  /** The name of the operation that a request means; a fixed part of a path goes before one that varies. */
  find(method: string, path: string): string | undefined {
    return this.routes.find((route) => route.method === method && route.pattern.test(path))?.name
  }

  body(name: string): JsonSchema {
    return schemaOf(this.operation(name).body, name)
  }

  answer(name: string, status = '200'): JsonSchema {
    return schemaOf(this.operation(name).answers[status], name)
  }

  /** The schema of one row of a list's answer. */
  row(name: string): JsonSchema {
    const row = this.answer(name).properties?.['items']?.items
    if (row === undefined) throw new Error(`${name} does not answer a list`)
    return row
  }
}

function schemaOf(content: Content | undefined, name: string): JsonSchema {
  const schema = content?.['application/json']
  if (schema === undefined) throw new Error(`${name}: no JSON is documented there`)
  return schema
}

/** The facts that are committed beside the tests. */
export const committedFacts = JSON.parse(
  readFileSync(new URL('facts/portsip-22.2.json', import.meta.url), 'utf8'),
) as Facts

/** The generations in which something changed, and those that the practice PBX knows. */
export const describedVersions = ['22.0', '22.1', '22.2', '22.3', '22.5', '22.6'] as const

const known = new Map<string, Reference>()

/** What a PBX of this generation has. */
export function referenceOf(version: string): Reference {
  const found = known.get(version) ?? new Reference(version, factsOfVersion(committedFacts, version))
  known.set(version, found)
  return found
}

/** The generation of the vendor's OpenAPI file. */
export const reference = referenceOf('22.2')

/** Whether any generation has the operation that a request means: the app may try whether this one does. */
export const isKnownAnywhere = (method: string, path: string): boolean =>
  describedVersions.some((version) => referenceOf(version).find(method, path) !== undefined)
