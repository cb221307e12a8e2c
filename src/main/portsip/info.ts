import { clipTexts } from '@shared/domain/clip-text'
import { serverInfoSchema, type ServerInfo } from '@shared/domain/system-status'
import type { PbxClient } from './pbx-client'

/** No name and no address is longer. */
const textMax = 500

/** GET /info: the server's own addresses and names. */
export async function serverInfo(client: PbxClient): Promise<ServerInfo> {
  const info = await client.request({ operation: 'GET /info', method: 'GET', path: '/info', schema: serverInfoSchema })
  return clipTexts(info, textMax) as ServerInfo
}
