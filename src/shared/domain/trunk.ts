import { z } from 'zod'

/** A row of GET /providers: a trunk. `did_numbers` is the pool of the whole trunk in API format: `3000;12000-18000`. */
export const trunkSchema = z.looseObject({
  id: z.string().min(1),
  name: z.string().nullish(),
  enabled: z.boolean().nullish(),
  brand: z.string().nullish(),
  hostname: z.string().nullish(),
  port: z.int().nullish(),
  did_numbers: z.string().nullish(),
  shared: z.boolean().nullish(),
})
export type Trunk = z.infer<typeof trunkSchema>

/** A row of GET /providers/{id}/assignees: the assignment of a trunk to a tenant. */
export const assigneeSchema = z.looseObject({
  tenant_id: z.string().min(1),
  did_numbers: z.string().nullish(),
  concurrency: z.int().min(0).nullish(),
})
export type Assignee = z.infer<typeof assigneeSchema>

/**
 * An assignment for display; `id` is that of the tenant. A tenant that GET /tenants does not list has no name and no
 * domain. A type rather than an interface, because tables accept rows with any keys.
 */
export type TrunkAssignment = {
  readonly id: string
  readonly trunkId: string
  readonly name: string | null
  readonly domain: string | null
  readonly did_numbers: string | null
  readonly concurrency: number | null
  /** Fields whose value did not have the documented type. */
  readonly unread?: readonly string[]
}

/** Name and domain of a tenant, from a row of GET /tenants. */
export const tenantNameSchema = z
  .looseObject({ id: z.string().min(1), name: z.string().nullish(), domain: z.string().nullish() })
  .transform(({ id, name, domain }) => ({ id, name: name ?? '', domain: domain ?? '' }))
export type TenantName = Readonly<z.infer<typeof tenantNameSchema>>

/** `complete` is false if the PBX counts more trunks than it returned. */
export interface TrunkList {
  readonly trunks: readonly Trunk[]
  readonly complete: boolean
}

/** The assignments of several trunks. `failed` are trunks whose assignments could not be read. */
export interface TrunkPools {
  readonly assignments: readonly TrunkAssignment[]
  readonly failed: readonly string[]
}
