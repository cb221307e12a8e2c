import { z } from 'zod'
import { anyOf } from './odata'
import { pageSchema } from './paging'
import type { PbxClient } from './pbx-client'

const trunkRow = z.looseObject({
  id: z.string().min(1),
  name: z.string().nullish(),
  hostname: z.string().nullish(),
})

/** GET /providers: the names of the trunks whose host is this one. `forbidden` for a role that may not see trunks. */
export async function trunksAt(client: PbxClient, host: string): Promise<readonly string[]> {
  const spellings = [...new Set([host, host.toLowerCase()])]
  const { items } = await client.request({
    operation: 'GET /providers',
    method: 'GET',
    path: '/providers',
    query: { filter: anyOf(spellings.map((value) => ({ key: 'hostname', operator: 'eq', value }))) },
    schema: pageSchema(trunkRow),
  })
  return items
    .filter(({ hostname }) => hostname?.toLowerCase() === host.toLowerCase())
    .map(({ id, name }) => name ?? id)
}
