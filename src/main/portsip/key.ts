import { z } from 'zod'
import type { PbxReader, PbxWriter } from './pbx-client'

const path = '/key'

/** The private key in the response is dropped here, because nothing in the app uses it. */
export const keyReplySchema = z.object({ crt: z.string().nullish() })

/** GET /key: the certificates installed on the PBX, in PEM; empty if there are none. */
export async function installedPem(client: PbxReader): Promise<string> {
  const { crt } = await client.get({ operation: 'GET /key', path, schema: keyReplySchema })
  return crt ?? ''
}

/**
 * POST /key: PEM of the whole chain, leaf first, and of its private key. Takes effect after the web server restarts.
 */
export const storePem = (client: PbxWriter, body: { readonly crt: string; readonly key: string }): Promise<void> =>
  client.post({ operation: 'POST /key', path, body })
