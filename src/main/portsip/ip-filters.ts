import type { PbxReader, PbxDownload } from './pbx-client'

/** GET /ip_filters/export: the server's own file; its columns are not documented. */
export const exportIpRules = (client: PbxReader, signal?: AbortSignal): Promise<PbxDownload> =>
  client.download({ operation: 'GET /ip_filters/export', path: '/ip_filters/export', ...(signal && { signal }) })
