import { z } from 'zod'
import { anyOf } from './odata'
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
  const spellings = [...new Set([host, host.toLowerCase()])]
  const where = anyOf(spellings.map((value) => ({ key: 'hostname', operator: 'eq', value })))
  const list = { operation: 'GET /providers', path: '/providers', schema: pageSchema(trunkRow), idOf: ownId, where }
  const names: string[] = []
  for await (const rows of walk(client, list, {})) {
    const matching = rows.filter(({ hostname }) => hostname?.toLowerCase() === host.toLowerCase())
    names.push(...matching.map(({ id, name }) => name ?? id))
  }
  return names
}
