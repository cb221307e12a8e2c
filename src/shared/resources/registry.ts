import { certificate } from './certificate'
import { im } from './im'
import { dealers, ownDealer } from './dealer'
import { dealerAssignment } from './dealer-assignment'
import type { JournaledId, ListId, ResourceId, SingleId } from './ids'
import { ipRule } from './ip-rule'
import { network } from './network'
import { notification } from './notification'
import { ownTenant } from './own-tenant'
import type { FieldKey, ListResource, Resource, SingleResource } from './resource'
import { sbc } from './sbc'
import { systemSettings } from './system-settings'
import { tenant } from './tenant'
import { tenantNotification } from './tenant-notification'
import { tenantPasswordPolicy } from './tenant-password-policy'
import { transport } from './transport'
import { trunkAssignment } from './trunk-assignment'

const singles = {
  network,
  'system-settings': systemSettings,
  notification,
  sbc,
  im,
  dealer: ownDealer,
  tenant: ownTenant,
  'tenant-notification': tenantNotification,
  'tenant-password-policy': tenantPasswordPolicy,
} satisfies Record<SingleId, SingleResource>
const lists = { transports: transport, tenants: tenant, dealers, 'ip-rules': ipRule } satisfies Record<
  ListId,
  ListResource
>
const all: Readonly<Record<JournaledId, Resource>> = {
  ...singles,
  ...lists,
  'trunk-assignment': trunkAssignment,
  'dealer-assignment': dealerAssignment,
  certificate,
}

/** The field keys of a resource by its ID. */
export type KeyOf<I extends ResourceId> = FieldKey<(typeof singles & typeof lists)[I]>

/** The description of a resource. */
export const resourceOf = (id: JournaledId): Resource => all[id]
export const singleOf = (id: SingleId): SingleResource => singles[id]
export const listOf = (id: ListId): ListResource => lists[id]
