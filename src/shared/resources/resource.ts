import type { FieldSpec } from './field'

/** Roles as GET /auth/user returns them; a newer PBX has more, which are not documented. */
export const roles = ['SystemAdmin', 'Dealer', 'Admin'] as const
export type Role = (typeof roles)[number]

interface ResourceBase<K extends string> {
  readonly id: string
  /** The page's title. */
  readonly label: string
  /** The thing in a sentence: "the transport". */
  readonly singular: string
  /** Relative to /api. */
  readonly path: string
  /** The path of one that stands below another, where `path` names it with `{id}` in place of the ids. */
  readonly at?: string
  readonly roles: readonly Role[]
  readonly fields: readonly FieldSpec<K, K>[]
  /**
   * Records with the same values of these fields are the same thing, on one server and across servers; none of a single resource. A known ID comes first:
   * these fields can be edited, and a server may have several such records.
   */
  readonly identity: readonly K[]
}

/** A resource of which a server has one: read with GET, changed with POST to the same path. */
export interface SingleResource<K extends string = string> extends ResourceBase<K> {
  readonly kind: 'single'
  readonly identity: readonly []
}

/** A resource of which a server has many: GET and POST `path`, GET and POST `path/{id}`, POST `path/{id}/destroy`. */
export interface ListResource<K extends string = string> extends ResourceBase<K> {
  readonly kind: 'list'
  /** Several of them in a sentence, where that is not the label: "12 rules". */
  readonly plural?: string
  /** The first one is asked for to find a record. */
  readonly identity: readonly [K, ...K[]]
  /** The field that names a row to a person. */
  readonly nameKey: K
  /** A new record that shares the value of one of these fields with another one on its server is a conflict. */
  readonly unique?: readonly K[]
  /** Whether the list takes `top`, `skip`, `filter`, `orderby` and `search`. Where it does not, it comes whole and main does that work. */
  readonly paged: boolean
  /** Fields that a copy, or something made from a template, does not take over. */
  readonly notCopied?: readonly K[]
  /** The PBX deletes in the background: a row stays in the list until that has ended. */
  readonly destroyedLater?: boolean
  /** Fields of which main says what they would do while they are typed, not only in the review. */
  readonly checkedLive?: readonly K[]
}

export type Resource<K extends string = string> = SingleResource<K> | ListResource<K>

/** The keys of a resource's fields. */
export type FieldKey<R extends { readonly fields: readonly FieldSpec[] }> = R['fields'][number]['key']

/** Rows of such a list do not have all fields of its records. */
export const hasSummaries = ({ fields }: ListResource): boolean => fields.some(({ detailOnly }) => detailOnly === true)

/** Several of a list in a sentence. */
export const manyOf = ({ plural, label }: ListResource): string => plural ?? label.toLowerCase()

type KeyIn<F extends readonly FieldSpec[]> = F[number]['key']

/** The keys of other fields that a field depends on. */
type DependsOn<S> =
  | (S extends { readonly onlyWith: { readonly key: infer K extends string } } ? K : never)
  | (S extends { readonly notBelow: { readonly key: infer K extends string } } ? K : never)
  | (S extends { readonly notAbove: { readonly key: infer K extends string } } ? K : never)
  | (S extends { readonly danger: { readonly together: { readonly key: infer K extends string } } } ? K : never)
  | (S extends { readonly about: readonly (infer K extends string)[] } ? K : never)

/** Nothing, or what the compiler reports: keys that are not literal could not be checked, and a field depends only on fields of the same list. */
type Checked<F extends readonly FieldSpec[]> =
  string extends KeyIn<F>
    ? 'The keys of these fields are not literal types'
    : [Exclude<DependsOn<F[number]>, KeyIn<F>>] extends [never]
      ? unknown
      : `There is no field ${Exclude<DependsOn<F[number]>, KeyIn<F>>}`

type Described<R, I extends string, F extends readonly FieldSpec[]> = Omit<R, 'kind' | 'id' | 'fields'> & {
  readonly id: I
  readonly fields: F & Checked<F>
}

type Keyed<F extends readonly FieldSpec[]> = readonly FieldSpec<KeyIn<F>, KeyIn<F>>[]

/** What `Checked` has made sure of. */
const keyed = <F extends readonly FieldSpec[]>(fields: F): Keyed<F> => fields as readonly FieldSpec[] as Keyed<F>

/** Fields of a form that is no resource. */
export const defineFields = <const F extends readonly FieldSpec[]>(fields: F & Checked<F>): Keyed<F> => keyed<F>(fields)

export const defineSingle = <const I extends string, const F extends readonly FieldSpec[]>(
  resource: Described<Omit<SingleResource<KeyIn<F>>, 'identity'>, I, F>,
): SingleResource<KeyIn<F>> & { readonly id: I } => ({
  ...resource,
  fields: keyed<F>(resource.fields),
  kind: 'single',
  identity: [],
})

export const defineList = <const I extends string, const F extends readonly FieldSpec[]>(
  resource: Described<ListResource<KeyIn<F>>, I, F>,
): ListResource<KeyIn<F>> & { readonly id: I } => ({ ...resource, fields: keyed<F>(resource.fields), kind: 'list' })
