import type { JsonSchema } from './facts'

/** The first and the last generation of the PBX that has it. */
interface Versions {
  readonly since?: string
  readonly until?: string
}

/** A field in the body of an operation, in its answer, or in each row of its answer. */
interface Place {
  readonly operation: string
  readonly part: 'body' | 'answer' | 'row'
}

export interface FieldFact extends Versions {
  readonly field: string
  readonly places: readonly Place[]
  /** Laid over what the generation of the reference says. */
  readonly schema?: JsonSchema
  /** The body in which it may not be left out. */
  readonly requiredIn?: string
}

export interface OperationFact extends Versions {
  /** One operation, or with a `*` at the end all that begin so. */
  readonly operation: string
  /** It moved here: the facts are those of the old place. */
  readonly movedFrom?: string
}

const single = (path: string): readonly Place[] => [
  { operation: `GET ${path}`, part: 'answer' },
  { operation: `POST ${path}`, part: 'body' },
]
const inList = (path: string): readonly Place[] => [
  { operation: `GET ${path}`, part: 'row' },
  { operation: `GET ${path}/{id}`, part: 'answer' },
  { operation: `POST ${path}`, part: 'body' },
  { operation: `POST ${path}/{id}`, part: 'body' },
]

const flag = { type: 'boolean' }
const off = { type: 'boolean', default: false }
const text = { type: 'string' }
const user: readonly Place[] = [{ operation: 'GET /auth/user', part: 'answer' }]

/**
 * What other generations than that of the reference have, written by hand from the vendor's release notes. Left out is what the app does not use:
 * /tenants/summaries/query, and `sdp_codecs` of the system settings, whose type is stated nowhere.
 */
export const fieldFacts = [
  { field: 'domain', places: user, since: '22.3', schema: text },
  { field: 'role_id', places: user, since: '22.3', schema: text },
  { field: 'role_name', places: user, since: '22.3', schema: text },
  { field: 'capabilities', places: user, since: '22.3', schema: { type: 'array', items: text } },

  { field: 'notify_service_disconnected', places: single('/admin/notification'), until: '22.5' },
  { field: 'notify_service_status_changed', places: single('/admin/notification'), since: '22.6', schema: off },
  { field: 'notify_trunk_status_changed', places: single('/admin/notification'), since: '22.6', schema: flag },
  { field: 'sbc_domain', places: single('/network'), since: '22.6', schema: text },
  { field: 'enable_two_factor_authentication', places: single('/admin/settings'), since: '22.6', schema: flag },
  { field: 'hide_pbx_private_ip', places: single('/admin/settings'), since: '22.6', schema: flag },
  {
    field: 'website',
    places: inList('/tenants'),
    since: '22.6',
    schema: { type: 'string', minLength: 1, maxLength: 128 },
    requiredIn: 'POST /tenants',
  },
  { field: 'email', places: [], since: '22.6', requiredIn: 'POST /dealers' },
  { field: 'display_name', places: [], since: '22.6', requiredIn: 'POST /dealers' },
] as const satisfies readonly FieldFact[]

export const operationFacts: readonly OperationFact[] = [
  { operation: 'GET /auth/*', since: '22.2' },
  { operation: 'POST /auth/*', since: '22.2' },
  { operation: 'POST /admin/username', until: '22.2' },
  { operation: 'POST /admin/password', until: '22.2' },
  { operation: 'POST /admin/user/username', since: '22.3', movedFrom: 'POST /admin/username' },
  { operation: 'POST /admin/user/password', since: '22.3', movedFrom: 'POST /admin/password' },
  // Their replies are described nowhere; the practice PBX replies as for a tenant, and the app reads them field by field.
  { operation: 'GET /admin/password_policy', since: '22.6', movedFrom: 'GET /tenant/password_policy' },
  { operation: 'GET /dealer/password_policy', since: '22.6', movedFrom: 'GET /tenant/password_policy' },
]
