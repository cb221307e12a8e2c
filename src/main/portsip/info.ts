import { serverInfoSchema, type ServerInfo } from '@shared/domain/system-status'
import type { PbxClient } from './pbx-client'

/** GET /info: the server's own addresses and names. */
export const serverInfo = (client: PbxClient): Promise<ServerInfo> =>
  client.request({ operation: 'GET /info', method: 'GET', path: '/info', schema: serverInfoSchema })
