import { z } from 'zod'
import type { PbxReader, PbxWriter } from './pbx-client'

const path = '/key'

/** The private key that comes along is dropped here: nothing in the app has a use for it. */
export const keyAnswerSchema = z.object({ crt: z.string().nullish() })

/** GET /key: the certificates that the PBX holds, in PEM; empty where it holds none. */
export async function heldPem(client: PbxReader): Promise<string> {
  const { crt } = await client.get({ operation: 'GET /key', path, schema: keyAnswerSchema })
  return crt ?? ''
}

/** POST /key: PEM of the whole chain, leaf first, and of its private key. The web server must be restarted to show it. */
export const storePem = (client: PbxWriter, body: { readonly crt: string; readonly key: string }): Promise<void> =>
  client.post({ operation: 'POST /key', path, body })
