import type { IpRule, IpRuleInput } from '@shared/domain/ip-rule'
import type { WriteOutcome } from '@shared/domain/write'
import { FleetError } from '@shared/ipc/result'
import { createIpRule, listIpRules, showIpRule, updateIpRule } from '../../portsip/ip-filters'
import type { PbxClient } from '../../portsip/pbx-client'
import { changedKeys, inputOf, outcome } from './rule-values'

const isLost = (error: unknown): error is FleetError =>
  error instanceof FleetError && error.detail.code === 'unknown-outcome'

const lost = (operation: string, message: string): FleetError =>
  new FleetError({
    code: 'unknown-outcome',
    operation,
    message,
    hint: 'Nothing was sent again. Look at the list before another try.',
  })

const notRead = 'The answer was lost, and the state could not be read afterwards.'

const withCidr = (client: PbxClient, cidr: string) =>
  listIpRules(client, { filter: [{ key: 'cidr', operator: 'eq', value: cidr }], offset: 0, limit: 100 })

/** Creates a rule (POST /ip_filters) and reads it back (GET /ip_filters/{id}). `known` are ids of rules that stood there before. */
export async function createRule(
  client: PbxClient,
  input: IpRuleInput,
  known: ReadonlySet<string>,
): Promise<WriteOutcome<IpRule>> {
  let id: string
  try {
    id = (await createIpRule(client, input)).id
  } catch (error) {
    if (!isLost(error)) throw error
    return outcome(input, await findLostRule(client, input, known))
  }
  return outcome(input, await readBack(client, id, 'POST /ip_filters'))
}

async function findLostRule(client: PbxClient, input: IpRuleInput, known: ReadonlySet<string>): Promise<IpRule> {
  const operation = 'POST /ip_filters'
  const page = await withCidr(client, input.cidr).catch(() => {
    throw lost(operation, notRead)
  })
  const made = page.items.find((rule) => !known.has(rule.id) && changedKeys(input, rule).length === 0)
  if (made !== undefined) return made
  throw lost(operation, `The answer was lost. No new rule for ${input.cidr} is on the server now.`)
}

async function readBack(client: PbxClient, id: string, operation: string): Promise<IpRule> {
  try {
    return await showIpRule(client, id)
  } catch (error) {
    throw new FleetError(
      {
        code: 'unknown-outcome',
        operation,
        message: 'The server took the change, but it could not be read back.',
        hint: 'Look at the list to see what holds.',
      },
      { cause: error },
    )
  }
}

/** The rule as it stands just before a write; fields that somebody else changed since `before` was read stop it. */
export async function readUnchanged(client: PbxClient, id: string, before: IpRuleInput): Promise<IpRule> {
  const current = await showIpRule(client, id)
  const moved = changedKeys(before, current)
  if (moved.length === 0) return current
  const now = inputOf(current)
  throw new FleetError({
    code: 'conflict',
    message: 'Somebody else changed this rule meanwhile',
    hint: 'Compare the two and decide field by field.',
    fields: moved.map((path) => ({ path, message: `Now on the server: ${now[path] ?? ''}` })),
  })
}

/** Sends the changed fields (POST /ip_filters/{id}) and reads the rule back. */
export async function updateRule(
  client: PbxClient,
  id: string,
  changes: Partial<IpRuleInput>,
): Promise<WriteOutcome<IpRule>> {
  const operation = 'POST /ip_filters/{id}'
  try {
    await updateIpRule(client, id, changes)
  } catch (error) {
    if (!isLost(error)) throw error
    const now = await showIpRule(client, id).catch(() => {
      throw lost(operation, notRead)
    })
    if (changedKeys(changes, now).length > 0)
      throw lost(operation, 'The answer was lost. The change is not on the server.')
    return outcome(changes, now)
  }
  return outcome(changes, await readBack(client, id, operation))
}
