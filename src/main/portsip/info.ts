import { clipTexts } from '@shared/domain/clip-text'
import { serverInfoSchema, type ServerInfo } from '@shared/domain/system-status'
import { replyValues } from '@shared/limits/reply'
import type { PbxHttp } from './http'
import type { PbxReader } from './pbx-client'

/** Maximum characters of a name or address. */
const textMax = replyValues.infoCharacters

/** GET /info without a sign-in, to learn whether the PBX responds. */
export const askInfo = (http: PbxHttp): Promise<unknown> =>
  http.json({ operation: 'GET /info', method: 'GET', path: '/info' }, serverInfoSchema)

/** GET /info: the server's own addresses and names. */
export async function serverInfo(client: PbxReader): Promise<ServerInfo> {
  const info = await client.get({ operation: 'GET /info', path: '/info', schema: serverInfoSchema })
  return clipTexts(info, textMax) as ServerInfo
}
