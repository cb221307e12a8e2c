import type { PbxReader, PbxDownload } from './pbx-client'

/** GET /ip_filters/export: the server's own file, whose columns no document states. */
export const exportIpRules = (client: PbxReader, signal?: AbortSignal): Promise<PbxDownload> =>
  client.download({ operation: 'GET /ip_filters/export', path: '/ip_filters/export', ...(signal && { signal }) })
