import type { IpRule, IpRuleInput } from '@shared/domain/ip-rule'
import type { JobId } from '@shared/domain/job'
import type { Page, PageQuery } from '@shared/domain/page'
import type { ServerId, ServerRecord } from '@shared/domain/server'
import type { Confirmation, Guard, WriteOutcome } from '@shared/domain/write'
import { FleetError } from '@shared/ipc/result'
import type { IpRuleCheck } from '@shared/ipc/values'
import { listIpRules, showIpRule } from '../../portsip/ip-filters'
import type { PbxClient } from '../../portsip/pbx-client'
import { enforceGuards } from '../enforce-guards'
import type { Jobs } from '../jobs'
import { enforceProtection } from '../protection'
import { systemAddresses, type AddressSources } from './addresses'
import { checkRule } from './check-rule'
import { acceptingAmong, destroyRules } from './destroy-rules'
import { removalGuards } from './guards'
import { changedKeys, inputOf, normalised } from './rule-values'
import { createRule, readUnchanged, updateRule } from './write-rule'

const overlapsTold = 50
const labelsKept = 200_000

export interface IpRulesDeps {
  readonly client: (serverId: ServerId) => PbxClient
  readonly record: (serverId: ServerId) => ServerRecord
  readonly jobs: Pick<Jobs, 'start'>
  readonly addresses?: AddressSources
  /** Our address as this PBX told it, where it did. */
  readonly seenAs?: (serverId: ServerId) => string | undefined
  readonly now?: () => number
}

type Target = { readonly serverId: ServerId }
type Confirmed = Target & { readonly confirmation: Confirmation }

/** IP rules of any server: reading, and writes that are checked here again at the moment they are sent. */
export class IpRulesService {
  private readonly labels = new Map<string, string>()
  private readonly checks = new Map<ServerId, AbortController>()

  constructor(private readonly deps: IpRulesDeps) {}

  /** GET /ip_filters, one page of any size. */
  async list({ serverId, query }: Target & { readonly query: PageQuery }): Promise<Page<IpRule>> {
    const page = await listIpRules(this.deps.client(serverId), query)
    if (this.labels.size > labelsKept) this.labels.clear()
    for (const rule of page.items) this.labels.set(`${serverId}/${rule.id}`, rule.cidr)
    return page
  }

  /** GET /ip_filters/{id}. */
  get({ serverId, id }: Target & { readonly id: string }): Promise<IpRule> {
    return showIpRule(this.deps.client(serverId), id)
  }

  /** Looks at a draft while it is typed; a newer look at the same server's draft ends this one. */
  async check(args: Target & { readonly id?: string | undefined; readonly input: IpRuleInput }): Promise<IpRuleCheck> {
    this.checks
      .get(args.serverId)
      ?.abort(new FleetError({ code: 'cancelled', message: 'A newer check replaced this one' }))
    const abort = new AbortController()
    this.checks.set(args.serverId, abort)
    try {
      const before = args.id === undefined ? undefined : await this.get({ serverId: args.serverId, id: args.id })
      const found = await checkRule(this.checkDeps(args.serverId, abort.signal), args.input, before)
      const { text, family, prefix } = found.range
      return {
        normalised: { text, family, prefix },
        overlaps: found.rules.slice(0, overlapsTold),
        overlapCount: found.rules.length,
        guards: found.guards,
        complete: found.complete,
        ...(found.note !== undefined && { note: found.note }),
        ...(found.ownAddressNote !== undefined && { ownAddressNote: found.ownAddressNote }),
      }
    } finally {
      if (this.checks.get(args.serverId) === abort) this.checks.delete(args.serverId)
    }
  }

  /** POST /ip_filters, after the protection level and the guards; then reads the rule back. */
  async create(args: Confirmed & { readonly input: IpRuleInput }): Promise<WriteOutcome<IpRule>> {
    enforceProtection(this.deps.record(args.serverId), args.confirmation)
    const input = normalised(args.input)
    const deps = this.checkDeps(args.serverId)
    const check = await checkRule(deps, input)
    enforceGuards(check.guards, args.confirmation)
    return createRule(deps.client, input, new Set(check.rules.map((rule) => rule.id)))
  }

  /** POST /ip_filters/{id} with the changed fields only; somebody else's change since `before` is a conflict. */
  async update(
    args: Confirmed & { readonly id: string; readonly before: IpRuleInput; readonly changes: Changes },
  ): Promise<WriteOutcome<IpRule>> {
    enforceProtection(this.deps.record(args.serverId), args.confirmation)
    const deps = this.checkDeps(args.serverId)
    const current = await readUnchanged(deps.client, args.id, args.before)
    const wanted = normalised(defined(args.changes))
    const keys = changedKeys(wanted, current)
    if (keys.length === 0) return { after: current, differences: [] }
    if (keys.some((key) => key !== 'description')) {
      const check = await checkRule(deps, { ...inputOf(current), ...wanted }, current)
      enforceGuards(check.guards, args.confirmation)
    }
    return updateRule(deps.client, args.id, Object.fromEntries(keys.map((key) => [key, wanted[key]])))
  }

  /** What deleting these rules would do. */
  async checkDestroy({ serverId, ids }: Target & { readonly ids: readonly string[] }): Promise<readonly Guard[]> {
    return removalGuards(await acceptingAmong(this.deps.client(serverId), ids), this.now())
  }

  /** Starts the job that deletes rules; the guards are looked at here before it begins. */
  async destroy(args: Confirmed & { readonly ids: readonly string[] }): Promise<{ readonly jobId: JobId }> {
    const record = this.deps.record(args.serverId)
    enforceProtection(record, args.confirmation)
    const ids = [...new Set(args.ids)]
    enforceGuards(await this.checkDestroy({ serverId: args.serverId, ids }), args.confirmation)
    const client = this.deps.client(args.serverId)
    const labelOf = (id: string): string => this.labels.get(`${args.serverId}/${id}`) ?? id
    const what = ids.length === 1 ? `IP rule ${labelOf(ids[0] ?? '')}` : `${ids.length.toLocaleString('en')} IP rules`
    const jobId = this.deps.jobs.start({
      kind: 'ip-rules-destroy',
      title: `Delete ${what} on ${record.name}`,
      serverId: args.serverId,
      run: (job) => destroyRules(client, ids, labelOf, job),
    })
    return { jobId }
  }

  private checkDeps(serverId: ServerId, signal?: AbortSignal) {
    return {
      client: this.deps.client(serverId),
      record: this.deps.record(serverId),
      sources: this.deps.addresses ?? systemAddresses,
      seenAs: this.deps.seenAs?.(serverId),
      now: this.now(),
      ...(signal && { signal }),
    }
  }

  private now(): number {
    return (this.deps.now ?? Date.now)()
  }
}

type Changes = { readonly [K in keyof IpRuleInput]?: IpRuleInput[K] | undefined }

const defined = (changes: Changes): Partial<IpRuleInput> =>
  Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== undefined))
