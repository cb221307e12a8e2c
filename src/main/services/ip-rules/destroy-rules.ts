import type { IpRule } from '@shared/domain/ip-rule'
import { FleetError, type ErrorCode } from '@shared/ipc/result'
import { allIpRules, deleteIpRule, showIpRule } from '../../portsip/ip-filters'
import type { PbxClient } from '../../portsip/pbx-client'
import { toAppError } from '../../ipc/to-app-error'
import type { JobHandle } from '../jobs'

const atOnce = 4
/** Up to so many rules are read one by one; more of them are picked out of the list of ACCEPT rules. */
const readSingly = 20
/** Without a session or a connection no further row can succeed. */
const endsAll: ReadonlySet<ErrorCode> = new Set(['signed-out', 'tls-changed', 'tls-untrusted', 'offline', 'denied'])

const isGone = (error: unknown): boolean =>
  error instanceof FleetError && (error.detail.code === 'not-found' || error.detail.status === 404)

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

/** Deletes one rule. When the answer is lost the state is read: a rule that is gone was deleted. */
async function destroyOne(client: PbxClient, id: string): Promise<void> {
  try {
    await deleteIpRule(client, id)
  } catch (error) {
    if (!(error instanceof FleetError) || error.detail.code !== 'unknown-outcome') throw error
    const still = await showIpRule(client, id).then(
      () => true,
      (reading: unknown) => !isGone(reading),
    )
    if (still) throw error
  }
}

/**
 * Deletes rules (POST /ip_filters/{id}/destroy), four at once. Each row that does not succeed is told with its reason; one that is not there
 * any more is told as already gone. Cancel lets those under way end and starts no other.
 */
export async function destroyRules(
  client: PbxClient,
  ids: readonly string[],
  labelOf: (id: string) => string,
  job: JobHandle,
): Promise<void> {
  const waiting = [...ids].reverse()
  let done = 0
  job.progress(0, ids.length)
  const worker = async (): Promise<void> => {
    for (let id = waiting.pop(); id !== undefined && !job.signal.aborted; id = waiting.pop()) {
      try {
        await destroyOne(client, id)
      } catch (error) {
        const reason = isGone(error) ? ({ code: 'not-found', message: 'Was already gone' } as const) : toAppError(error)
        job.fail({ id, label: labelOf(id), error: reason })
        // Every further row would fail the same way.
        if (endsAll.has(reason.code)) {
          waiting.length = 0
          throw error
        }
      }
      done += 1
      job.progress(done, ids.length)
    }
  }
  await Promise.all(Array.from({ length: atOnce }, worker))
}
