import { z } from 'zod'
import type { PbxClient } from './pbx-client'

const operation = (method: 'GET' | 'POST') => ({ operation: `${method} /key`, method, path: '/key' }) as const

/** The private key that comes along is dropped here: nothing in the app has a use for it. */
export const keyAnswerSchema = z.object({ crt: z.string().nullish() })

/** GET /key: the certificates that the PBX holds, in PEM; empty where it holds none. */
export async function heldPem(client: PbxClient): Promise<string> {
  const { crt } = await client.request({ ...operation('GET'), schema: keyAnswerSchema })
  return crt ?? ''
}

/** POST /key: PEM of the whole chain, leaf first, and of its private key. The web server must be restarted to show it. */
export const storePem = (client: PbxClient, body: { readonly crt: string; readonly key: string }): Promise<void> =>
  client.requestNothing({ ...operation('POST'), body })
