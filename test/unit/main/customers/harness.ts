import type { CustomerRequest } from '@shared/domain/customer'
import type { PlanSummary } from '@shared/domain/plan'
import type { PracticeOptions } from '@demo/practice-pbx'
import { CustomersService } from '@main/services/customers/customers-service'
import { allTrunks } from '@main/portsip/trunks'
import { allDealers, dealersOfTenant } from '@main/portsip/tenants'
import { confirmed, PlansHarness } from '../plans/harness'

export const tenantValues = {
  name: 'Kunde Neu',
  domain: 'neu.example',
  timezone: 'Europe/Vienna',
  currency: 'EUR',
  region: 'AUT',
  max_extensions: 25,
} as const

const idPart = /\/[\w%=]{20,}(?=\/|$)/g

/** New customers on a practice server with three tenants, two dealers and six trunks. */
export class CustomersHarness {
  readonly trunks: { readonly id: string; readonly name?: string | null | undefined }[] = []
  readonly dealers: { readonly id: string; readonly name: string }[] = []

  private constructor(public on: PlansHarness) {}

  static async start(options: PracticeOptions = {}): Promise<CustomersHarness> {
    const on = await PlansHarness.start(
      { tenants: 3, dealers: 2, tenantDestroyMs: 0, ...options },
      { protection: 'open' },
    )
    const customers = new CustomersHarness(on)
    for await (const rows of allTrunks(customers.reader)) customers.trunks.push(...rows)
    customers.dealers.push(...(await allDealers(customers.reader)))
    return customers
  }

  get reader() {
    return this.on.harness.servers.reader(this.on.serverId)
  }

  get service(): CustomersService {
    const { on } = this
    return new CustomersService({ plans: on.plans, shelf: on.shelf, servers: on.harness.servers, trunks: on.trunks })
  }

  /** A tenant with a dealer and numbers of the trunk that no tenant has. */
  request(more: Partial<CustomerRequest> = {}): CustomerRequest {
    return {
      serverId: this.on.serverId,
      tenant: tenantValues,
      dealerId: this.dealers[0]?.id ?? '',
      trunk: { trunkId: this.trunks.at(-1)?.id ?? '', values: { did_numbers: '3000;12000-12039', concurrency: 8 } },
      ...more,
    }
  }

  async apply(request = this.request()): Promise<PlanSummary> {
    const { id } = await this.service.preview(request)
    await this.on.plans.apply(id, confirmed)
    return this.on.ended(id)
  }

  async resume(planId: string): Promise<PlanSummary> {
    await this.on.plans.resume(planId, confirmed)
    return this.on.ended(planId)
  }

  /** Paths of the requests that changed something, with IDs as `*`. */
  posts(): readonly string[] {
    return this.on.pbx.requests
      .filter(({ method, path }) => method === 'POST' && !path.startsWith('/auth/'))
      .map(({ path }) => path.replace(idPart, '/*'))
  }

  /** The tenant of the plan on the server, with its dealers and its numbers. */
  async created() {
    const found = this.on.pbx.tenants().find(({ domain }) => domain === tenantValues.domain)
    if (found === undefined) return undefined
    const dealers = await dealersOfTenant(this.reader, found.id)
    const assigned = this.on.pbx.assignments().filter((assignment) => assignment.tenant === found.name)
    return { dealers: dealers.map(({ name }) => name), numbers: assigned.map(({ numbers }) => numbers) }
  }

  close(): Promise<void> {
    return this.on.close()
  }
}
