import type { IpRule } from '@shared/domain/ip-rule'
import { FleetError } from '@shared/ipc/result'
import { allIpRules, deleteIpRule, showIpRule } from '../../portsip/ip-filters'
import type { PbxClient } from '../../portsip/pbx-client'
import { destroyMany, isGone } from '../destroy-many'
import type { JobHandle } from '../jobs'

/** Up to so many rules are read one by one; more of them are picked out of the list of ACCEPT rules. */
const readSingly = 20
/** Those of `ids` that are ACCEPT rules now. */
export async function acceptingAmong(
  client: PbxClient,
  ids: readonly string[],
  signal?: AbortSignal,
): Promise<readonly IpRule[]> {
  if (ids.length <= readSingly) {
    const rules = await Promise.all(
      ids.map((id) =>
        showIpRule(client, id, signal).catch((error: unknown) => {
          if (isGone(error)) return undefined
          throw error
        }),
      ),
    )
    return rules.filter((rule): rule is IpRule => rule?.target === 'ACCEPT')
  }
  const wanted = new Set(ids)
  const found: IpRule[] = []
  const query = { filter: [{ key: 'target', operator: 'eq', value: 'ACCEPT' }] } as const
  const options = signal ? { signal } : {}
  try {
    for await (const rules of allIpRules(client, query, options)) found.push(...rules)
  } catch (error) {
    if (!(error instanceof FleetError) || error.detail.status !== 400) throw error
    found.length = 0
    for await (const rules of allIpRules(client, {}, options)) found.push(...rules)
  }
  return found.filter((rule) => rule.target === 'ACCEPT' && wanted.has(rule.id))
}

/** Deletes rules (POST /ip_filters/{id}/destroy), see `destroyMany`. */
export const destroyRules = (
  client: PbxClient,
  ids: readonly string[],
  labelOf: (id: string) => string,
  job: JobHandle,
): Promise<void> =>
  destroyMany({ ids, labelOf, destroy: (id) => deleteIpRule(client, id), show: (id) => showIpRule(client, id) }, job)
