import { contains, parseCidr, type Cidr } from '@shared/domain/cidr'
import type { IpRule } from '@shared/domain/ip-rule'
import { ApiProblem } from './api-problem'
import type { Clock } from './clock'
import type { Ids } from './data/ids'
import type { ResolvedOptions } from './options'
import type { ResourceList } from './resource-list'

const covers = (rule: IpRule, address: Cidr): boolean => {
  const range = parseCidr(rule.cidr)
  return range.ok && contains(range.cidr, address)
}

/**
 * Counts failed sign-ins by source address. Too many create a DENY rule among the IP rules; until it is deleted or
 * expires, every request from that address is refused. Addresses covered by an ACCEPT rule are not counted.
 */
export class LockOut {
  private readonly failures = new Map<string, number>()
  private readonly blocks = new Map<string, string>()

  constructor(
    private readonly rules: ResourceList<IpRule>,
    private readonly ids: Ids,
    private readonly clock: Clock,
    private readonly limits: Pick<ResolvedOptions, 'lockOutAfter' | 'lockOutSeconds' | 'blockedAddresses'>,
  ) {
    for (const address of limits.blockedAddresses ?? []) this.block(address)
  }

  /** Throws DENIED for a blocked address. */
  check(address: string): void {
    const id = this.blocks.get(address)
    if (id === undefined) return
    const rule = this.rules.get(id)
    const until = rule?.expire_at ?? undefined
    const ended = until !== undefined && Date.parse(until) <= this.clock.shown()
    const parsed = parseCidr(address)
    if (rule === undefined || ended || rule.target !== 'DENY' || !parsed.ok || !covers(rule, parsed.cidr)) {
      this.blocks.delete(address)
      this.failures.delete(address)
      return
    }
    throw new ApiProblem(
      403,
      'DENIED',
      `the client IP address ${address} has been blocked until ${until ?? 'further notice'}`,
    )
  }

  failed(address: string): void {
    const parsed = parseCidr(address)
    if (!parsed.ok || this.isAccepted(parsed.cidr)) return
    const count = (this.failures.get(address) ?? 0) + 1
    this.failures.set(address, count)
    if (count <= this.limits.lockOutAfter) return
    this.block(address)
    this.check(address)
  }

  succeeded(address: string): void {
    this.failures.delete(address)
  }

  clear(): void {
    for (const id of this.blocks.values()) this.rules.remove(id)
    this.blocks.clear()
    this.failures.clear()
  }

  private block(address: string): void {
    const parsed = parseCidr(address)
    if (!parsed.ok) return
    const id = this.ids.next()
    this.rules.add({
      id,
      cidr: parsed.cidr.text,
      target: 'DENY',
      expire_at: this.clock.stamp(this.limits.lockOutSeconds * 1000),
      description: 'Too many failed sign-ins',
    })
    this.blocks.set(address, id)
  }

  private isAccepted(address: Cidr): boolean {
    return this.rules.all().some((rule) => rule.target === 'ACCEPT' && !this.hasEnded(rule) && covers(rule, address))
  }

  private hasEnded(rule: IpRule): boolean {
    return rule.expire_at !== null && rule.expire_at !== undefined && Date.parse(rule.expire_at) <= this.clock.shown()
  }
}
