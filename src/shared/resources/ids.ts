/** Resources of which a server has one, and those of which it has many. Their descriptions are in `registry.ts`; the window's first paint needs the names alone. */
export const singleIds = [
  'network',
  'system-settings',
  'notification',
  'sbc',
  'im',
  'dealer',
  'tenant',
  'tenant-notification',
  'tenant-password-policy',
] as const
export const listIds = ['transports', 'tenants', 'dealers', 'ip-rules'] as const
export const resourceIds = [...singleIds, ...listIds] as const
/** What a tenant is assigned to; the channels of records do not serve these. */
export const assignmentIds = ['trunk-assignment', 'dealer-assignment'] as const
/** What journal and plans describe by fields. */
export const journaledIds = [...resourceIds, ...assignmentIds, 'certificate'] as const

export type SingleId = (typeof singleIds)[number]
export type ListId = (typeof listIds)[number]
export type ResourceId = (typeof resourceIds)[number]
export type JournaledId = (typeof journaledIds)[number]
