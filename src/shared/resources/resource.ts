import type { FieldSpec } from './field'

/** Roles as GET /auth/user names them; a newer PBX knows more, which are not listed anywhere. */
export const roles = ['SystemAdmin', 'Dealer', 'Admin'] as const
export type Role = (typeof roles)[number]

interface ResourceBase {
  readonly id: string
  /** The page's title. */
  readonly label: string
  /** The thing in a sentence: "the transport". */
  readonly one: string
  /** Relative to /api. */
  readonly path: string
  /** The path of one that stands below another, where `path` names it with `{id}` in place of the ids. */
  readonly at?: string
  readonly roles: readonly Role[]
  readonly fields: readonly FieldSpec[]
}

/** A resource of which a server has one: read with GET, changed with POST to the same path. */
export interface SingleResource extends ResourceBase {
  readonly kind: 'single'
}

/** A resource of which a server has many: GET and POST `path`, GET and POST `path/{id}`, POST `path/{id}/destroy`. */
export interface ListResource extends ResourceBase {
  readonly kind: 'list'
  /** Several of them in a sentence, where that is not the label: "12 rules". */
  readonly many?: string
  /** The field that names a row to a person. */
  readonly nameKey: string
  /** Two rows that are equal in these fields are the same thing to a person, on one server or on two. The first one finds them in the list. */
  readonly identity: readonly [string, ...string[]]
  /** Whether the list takes `top`, `skip`, `filter`, `orderby` and `search`. Where it does not, it comes whole and main does that work. */
  readonly paged: boolean
  /** Fields that a copy, or something made from a template, does not take over. */
  readonly notCopied?: readonly string[]
  /** The PBX deletes in the background: a row stays in the list until that has ended. */
  readonly destroyedLater?: boolean
  /** Fields of which main says what they would do while they are typed, not only in the review. */
  readonly checkedLive?: readonly string[]
}

export type Resource = SingleResource | ListResource

/** Rows of such a list do not have all fields of its records. */
export const hasSummaries = ({ fields }: ListResource): boolean => fields.some(({ detailOnly }) => detailOnly === true)

/** Several of a list in a sentence. */
export const manyOf = ({ many, label }: ListResource): string => many ?? label.toLowerCase()

export const defineSingle = <const I extends string>(
  resource: Omit<SingleResource, 'kind' | 'id'> & { readonly id: I },
): SingleResource & { readonly id: I } => ({ ...resource, kind: 'single' })

export const defineList = <const I extends string>(
  resource: Omit<ListResource, 'kind' | 'id'> & { readonly id: I },
): ListResource & { readonly id: I } => ({ ...resource, kind: 'list' })
