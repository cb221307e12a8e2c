import { clipTexts } from '@shared/domain/clip-text'
import { serverInfoSchema, type ServerInfo } from '@shared/domain/system-status'
import type { PbxReader } from './pbx-client'

/** Maximum characters of a name or address. */
const textMax = 500

/** GET /info: the server's own addresses and names. */
export async function serverInfo(client: PbxReader): Promise<ServerInfo> {
  const info = await client.get({ operation: 'GET /info', path: '/info', schema: serverInfoSchema })
  return clipTexts(info, textMax) as ServerInfo
}
