import { z } from 'zod'
import { allOf } from './odata'
import { ownId, pageSchema, walk } from './paging'
import type { PbxReader } from './pbx-client'

const trunkRow = z.looseObject({
  id: z.string().min(1),
  name: z.string().nullish(),
  hostname: z.string().nullish(),
})

/**
 * GET /providers: names of the trunks with this host. `forbidden` for a role that cannot see trunks;
 * IncompleteListError.
 */
export async function trunksAt(client: PbxReader, host: string): Promise<readonly string[]> {
  const list = { operation: 'GET /providers', path: '/providers', schema: pageSchema(trunkRow), idOf: ownId }
  const names = new Map<string, string>()
  const read = async (where: string | undefined, search?: string): Promise<void> => {
    const query = search === undefined ? {} : { search }
    for await (const rows of walk(client, { ...list, ...(where !== undefined && { where }) }, query))
      for (const { id, name, hostname } of rows)
        if (hostname?.toLowerCase() === host.toLowerCase()) names.set(id, name ?? id)
  }
  // Only the free search ignores upper and lower case, and its fields are not documented.
  await Promise.all([read(allOf([{ key: 'hostname', operator: 'eq', value: host }])), read(undefined, host)])
  return [...names.values()]
}
