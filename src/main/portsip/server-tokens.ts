import { z } from 'zod'
import type { TokenOwner } from '@shared/domain/server-token'
import { FleetError } from '@shared/ipc/result'
import type { PbxClient } from './pbx-client'

/** What GET and POST of a token answer. */
export const tokenAnswerSchema = z.looseObject({ token: z.string().nullish() })

/** GET /sbc/token or /im/token. Undefined where the PBX holds none, in whichever way it says so. */
export async function serverToken(client: PbxClient, owner: TokenOwner): Promise<string | undefined> {
  const path = `/${owner}/token`
  try {
    const { token } = await client.request({ operation: `GET ${path}`, method: 'GET', path, schema: tokenAnswerSchema })
    return token === null || token === '' ? undefined : token
  } catch (error) {
    if (error instanceof FleetError && error.detail.code === 'not-found') return undefined
    throw error
  }
}

/** POST /sbc/token or /im/token: the one before is void at once. */
export const regenerateToken = (client: PbxClient, owner: TokenOwner): Promise<void> =>
  client.requestNothing({ operation: `POST /${owner}/token`, method: 'POST', path: `/${owner}/token` })

/** POST /sbc/token/destroy or /im/token/destroy. */
export const destroyToken = (client: PbxClient, owner: TokenOwner): Promise<void> =>
  client.requestNothing({ operation: `POST /${owner}/token/destroy`, method: 'POST', path: `/${owner}/token/destroy` })
