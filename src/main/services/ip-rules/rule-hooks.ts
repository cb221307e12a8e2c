import { parseCidr } from '@shared/domain/cidr'
import { ruleOf, type IpRule } from '@shared/domain/ip-rule'
import type { RecordCheck } from '@shared/domain/record'
import { ipRule } from '@shared/resources/ip-rule'
import { incompleteOr } from '../../portsip/incomplete-list'
import { findRecords, showRecord } from '../../portsip/records'
import { isGone } from '../is-gone'
import type { PendingDelete, RecordHooks, PendingWrite } from '../records/hooks'
import { incompleteGuards } from '../records/incomplete-check'
import { protectedAddresses, systemAddresses, type AddressSources } from './addresses'
import { findOverlaps } from './find-overlaps'
import { denyGuards, editGuards, isActive, removalGuards } from './guards'
import { rulesOfAddress } from './rules-of-address'

const overlapsShown = 50
/** Up to so many rules are read one by one; more of them are picked out of the list of ACCEPT rules. */
const readSingly = 20

export interface RuleHookDeps {
  readonly addresses?: AddressSources
  readonly now?: () => number
}

const ownAddressNote =
  'Compared with the addresses of this computer itself. Addresses behind a router are not known here: make sure that the range does not contain the public address of this network.'

/** A new description alone has no effect. */
const isHarmless = ({ current, changes }: PendingWrite): boolean =>
  current !== undefined && !(ipRule.checkedLive ?? []).some((key) => Object.hasOwn(changes, key))

/** Checks a draft: which rules it overlaps, and the harm that it would do. */
async function check(write: PendingWrite, deps: RuleHookDeps): Promise<RecordCheck> {
  const { client, server, seenAs, id, changes, current, signal } = write
  const next = ruleOf({ ...current, ...changes })
  const parsed = parseCidr(next.cidr)
  if (!parsed.ok) {
    const problems = Object.hasOwn(changes, 'cidr') ? [{ path: 'cidr', message: parsed.message }] : []
    return { guards: [], warnings: [], problems }
  }
  const now = (deps.now ?? Date.now)()
  const harmless = isHarmless(write)
  const guards = harmless || current === undefined ? [] : [...editGuards(ruleOf(current), next, now)]
  const denies = !harmless && next.target === 'DENY' && isActive(next, now)
  if (write.sending && !denies) return { guards, warnings: [] }
  const found = await findOverlaps(client, parsed.cidr, signal)
  const rules = found.rules.filter((rule) => rule.id !== id)
  const notes = [found.note, found.incomplete].filter((note) => note !== undefined)
  if (denies) {
    const addresses = await protectedAddresses(server, client, deps.addresses ?? systemAddresses, seenAs)
    guards.push(...denyGuards(parsed.cidr, addresses, rules, now))
    guards.push(...incompleteGuards(found.incomplete, 'Allow rules that this range overlaps may be missing.'))
    if (addresses.behindRouter) notes.push(ownAddressNote)
  }
  return { guards, warnings: [], notes, overlaps: { rows: rules.slice(0, overlapsShown), count: rules.length } }
}

/** Those of `ids` that are ACCEPT rules now. */
async function acceptingAmong({ client, ids }: PendingDelete): Promise<readonly IpRule[]> {
  const isAccepting = (rule: IpRule | undefined): rule is IpRule => rule?.target === 'ACCEPT'
  if (ids.length > readSingly) {
    const [wanted, filter] = [new Set(ids), [{ key: 'target', operator: 'eq', value: 'ACCEPT' }] as const]
    const rows = await findRecords(client, ipRule, { filter }, (row) => wanted.has(row.id))
    return rows.map(ruleOf).filter(isAccepting)
  }
  const rules = ids.map((id) =>
    showRecord(client, ipRule, id).then(ruleOf, (error: unknown) => {
      if (isGone(error)) return undefined
      throw error
    }),
  )
  return (await Promise.all(rules)).filter(isAccepting)
}

/** Checks whom a rule would lock out, and which protection is lost with it. */
export const ruleHooks = (deps: RuleHookDeps): RecordHooks => ({
  check: (write) => check(write, deps),
  find: rulesOfAddress,
  checkDestroy: async (ahead) => {
    try {
      return removalGuards(await acceptingAmong(ahead), (deps.now ?? Date.now)())
    } catch (error) {
      return incompleteGuards(incompleteOr(error), 'Allow rules may be among those to delete.')
    }
  },
})
