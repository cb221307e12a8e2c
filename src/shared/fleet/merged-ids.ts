import type { ExportResource } from '../domain/export'

/** What can be shown over many servers in one table: lists, and settings as one row per server. */
export const mergedIds = [
  'tenants',
  'dealers',
  'ip-rules',
  'transports',
  'trunk-assignments',
  'system-settings',
  'network',
  'notification',
  'sbc',
  'im',
] as const satisfies readonly ExportResource[]
export type MergedId = (typeof mergedIds)[number]
