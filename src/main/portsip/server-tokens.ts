import { z } from 'zod'
import type { TokenOwner } from '@shared/domain/server-token'
import { FleetError } from '@shared/ipc/result'
import type { PbxReader, PbxWriter } from './pbx-client'

/** Response to GET and POST of a token. */
export const tokenReplySchema = z.looseObject({ token: z.string().nullish() })

/** GET /sbc/token or /im/token. Undefined if there is no token, however the PBX reports that. */
export async function serverToken(client: PbxReader, owner: TokenOwner): Promise<string | undefined> {
  const path = `/${owner}/token`
  try {
    const { token } = await client.get({ operation: `GET ${path}`, path, schema: tokenReplySchema })
    return token === null || token === '' ? undefined : token
  } catch (error) {
    if (error instanceof FleetError && error.detail.code === 'not-found') return undefined
    throw error
  }
}

/** POST /sbc/token or /im/token. The previous token is void immediately. */
export const regenerateToken = (client: PbxWriter, owner: TokenOwner): Promise<void> =>
  client.post({ operation: `POST /${owner}/token`, path: `/${owner}/token` })

/** POST /sbc/token/destroy or /im/token/destroy. */
export const destroyToken = (client: PbxWriter, owner: TokenOwner): Promise<void> =>
  client.post({ operation: `POST /${owner}/token/destroy`, path: `/${owner}/token/destroy` })
