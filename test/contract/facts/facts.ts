/** The part of JSON Schema that facts are written in. */
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
  readonly in: string
  readonly required?: boolean
  readonly schema: JsonSchema
}

/** The schema by the kind of content: `application/json`. */
export type Content = Readonly<Record<string, JsonSchema>>

export interface Operation {
  readonly body?: Content
  readonly parameters?: readonly Parameter[]
  /** By the status. */
  readonly answers: Readonly<Record<string, Content>>
}

export interface Facts {
  /** The 61 operations of the Administration section. */
  readonly administration: readonly string[]
  /** By method and path, `GET /ip_filters/{id}`: those of Administration and whatever else the app or the practice PBX uses. */
  readonly operations: Readonly<Record<string, Operation>>
}
