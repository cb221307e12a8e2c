import { rolloutStepsMax, type RuleRequest } from '@shared/domain/rollout'
import type { ServerId } from '@shared/domain/server'
import { countText } from '@shared/format/count-text'
import { ipRule } from '@shared/resources/ip-rule'
import { readRanges } from '@shared/rollout/typed-ranges'
import { serverInfo } from '../../../portsip/info'
import { allRecords, type ListedRecord } from '../../../portsip/records'
import { rememberingReader } from '../../lists/remembering-reader'
import type { NewPlan } from '../../plans/plans-service'
import { rejected, type Kind, type KindDeps } from './kind'
import { blockedWarnings } from '../../lists/rule-target'
import { blockingRules, ruleSteps } from './rule-steps'

const actionVerbs = { DENY: 'Block', ACCEPT: 'Allow' } as const

/** `Block 41.202.0.0/16`. */
const titleOf = ({ action, ranges }: RuleRequest): string =>
  `${actionVerbs[action]} ${ranges.length === 1 ? ranges[0] : countText(ranges.length, 'range')}`

/** The request with its ranges normalized, each once. Throws `rejected`. */
function checkedRequest(request: RuleRequest, servers: number, now: number): RuleRequest {
  const { ranges, problems } = readRanges(request.ranges.join('\n'))
  const [problem] = problems
  if (problem !== undefined) throw rejected(`${problem.text}: ${problem.message}`)
  if (ranges.length === 0) throw rejected('No address is entered')
  if (request.expiresAt !== null && Date.parse(request.expiresAt) <= now)
    throw rejected('The rules would expire in the past')
  if (servers * ranges.length > rolloutStepsMax) {
    const message = `${countText(ranges.length, 'range')} on ${countText(servers, 'server')} are too many`
    throw rejected(message, `The maximum is ${countText(rolloutStepsMax, 'step')}.`)
  }
  return { ...request, ranges }
}

/** The plan by which a server gets the requested rules, from its rules now. */
async function rulePlan({ servers, now }: KindDeps, serverId: ServerId, request: RuleRequest): Promise<NewPlan> {
  const reader = rememberingReader(servers.reader(serverId))
  const records: ListedRecord[] = []
  // The safety checks of the preview use it; an error is reported there.
  if (request.action === 'DENY') serverInfo(reader).catch(() => undefined)
  for await (const rows of allRecords(reader, ipRule, {}, { signal: new AbortController().signal }))
    records.push(...rows)
  const title = `${titleOf(request)} on ${servers.record(serverId).name}`
  const warnings = blockedWarnings(blockingRules(request, records, now()))
  return { title, serverId, source: { kind: 'change' }, steps: ruleSteps(request, records), reader, warnings }
}

/** IP rules that several servers should have; one that covers a range is as good, and one that ends earlier is extended. */
export const rulesKind: Kind<'rules'> = {
  title: titleOf,
  check: (deps, { kind, serverIds, ...request }) => {
    const checked = checkedRequest(request, serverIds.length, deps.now())
    const planFor = (id: ServerId): Promise<NewPlan> => rulePlan(deps, id, checked)
    return Promise.resolve({ source: { kind, ...checked }, serverIds, planFor })
  },
}
