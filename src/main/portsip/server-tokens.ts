import { z } from 'zod'
import type { TokenOwner } from '@shared/domain/server-token'
import { FleetError } from '@shared/ipc/result'
import type { PbxReader, PbxWriter } from './pbx-client'

/** What GET and POST of a token answer. */
export const tokenAnswerSchema = z.looseObject({ token: z.string().nullish() })

/** GET /sbc/token or /im/token. Undefined where the PBX holds none, in whichever way it says so. */
export async function serverToken(client: PbxReader, owner: TokenOwner): Promise<string | undefined> {
  const path = `/${owner}/token`
  try {
    const { token } = await client.get({ operation: `GET ${path}`, path, schema: tokenAnswerSchema })
    return token === null || token === '' ? undefined : token
  } catch (error) {
    if (error instanceof FleetError && error.detail.code === 'not-found') return undefined
    throw error
  }
}

/** POST /sbc/token or /im/token: the one before is void at once. */
export const regenerateToken = (client: PbxWriter, owner: TokenOwner): Promise<void> =>
  client.post({ operation: `POST /${owner}/token`, path: `/${owner}/token` })

/** POST /sbc/token/destroy or /im/token/destroy. */
export const destroyToken = (client: PbxWriter, owner: TokenOwner): Promise<void> =>
  client.post({ operation: `POST /${owner}/token/destroy`, path: `/${owner}/token/destroy` })
