import { expectTypeOf, it } from 'vitest'
import type { brand } from '@shared/resources/brand'
import type { KeyOf } from '@shared/resources/registry'
import type { FieldKey } from '@shared/resources/resource'
import type { trunkAssignment } from '@shared/resources/trunk-assignment'
import type { fieldFacts } from './facts/newer'
import type facts from './facts/portsip-22.2.json'

type Operations = (typeof facts)['operations']
type PropertiesIn<S> = S extends { readonly properties: infer P } ? P : never
type KeysIn<P> = {
  [K in keyof P & string]: K | `${K}.${keyof PropertiesIn<P[K]> & string}`
}[keyof P & string]
type Answer<O extends keyof Operations> = Operations[O] extends { answers: { '200': { 'application/json': infer S } } }
  ? KeysIn<PropertiesIn<S>>
  : never
type Body<O extends keyof Operations> = Operations[O] extends { body: { 'application/json': infer S } }
  ? KeysIn<PropertiesIn<S>>
  : never

/** Fields of newer generations. */
type Newer = (typeof fieldFacts)[number]['field']

type Misspelt<K extends string, Known extends string> = Exclude<K, Known | Newer>

// The type check decides these, so a misspelt key is an error before any test runs.
it('the keys of described fields are those of the API', () => {
  expectTypeOf<Misspelt<KeyOf<'tenants'>, Answer<'GET /tenants/{id}'>>>().toBeNever()
  expectTypeOf<Misspelt<KeyOf<'ip-rules'>, Answer<'GET /ip_filters/{id}'>>>().toBeNever()
  expectTypeOf<Misspelt<KeyOf<'transports'>, Answer<'GET /transports/{id}'>>>().toBeNever()
  expectTypeOf<Misspelt<KeyOf<'dealers'>, Answer<'GET /dealers/{id}'> | Body<'POST /dealers'>>>().toBeNever()
  expectTypeOf<Misspelt<KeyOf<'dealer'>, Answer<'GET /dealer'>>>().toBeNever()
  expectTypeOf<Misspelt<KeyOf<'tenant'>, Answer<'GET /tenant'>>>().toBeNever()
  expectTypeOf<Misspelt<KeyOf<'network'>, Answer<'GET /network'>>>().toBeNever()
  expectTypeOf<Misspelt<KeyOf<'system-settings'>, Answer<'GET /admin/settings'>>>().toBeNever()
  expectTypeOf<
    Misspelt<KeyOf<'notification'>, Answer<'GET /admin/notification'> | Body<'POST /admin/notification'>>
  >().toBeNever()
  expectTypeOf<Misspelt<KeyOf<'sbc'>, Answer<'GET /sbc'>>>().toBeNever()
  expectTypeOf<Misspelt<KeyOf<'im'>, Answer<'GET /im'>>>().toBeNever()
  expectTypeOf<
    Misspelt<FieldKey<typeof trunkAssignment>, Answer<'GET /providers/{id}/assignees/{tenant_id}'>>
  >().toBeNever()
  expectTypeOf<Misspelt<FieldKey<typeof brand>, Body<'POST /brand'>>>().toBeNever()
})

it('keys that the API does not have are found', () => {
  expectTypeOf<Misspelt<'domain' | 'domian', Answer<'GET /tenants/{id}'>>>().toEqualTypeOf<'domian'>()
  expectTypeOf<Misspelt<'e164.country' | 'e164.county', Answer<'GET /tenants/{id}'>>>().toEqualTypeOf<'e164.county'>()
})
