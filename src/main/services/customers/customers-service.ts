import type { CustomerRequest } from '@shared/domain/customer'
import type { PlanPreview, PlanStep } from '@shared/domain/plan'
import type { RecordValues } from '@shared/domain/record'
import type { ServerId } from '@shared/domain/server'
import { FleetError } from '@shared/ipc/result'
import { isBlank } from '@shared/resources/blank'
import { dealers } from '@shared/resources/dealer'
import { dealerAssignment } from '@shared/resources/dealer-assignment'
import { normalValues } from '@shared/resources/normal'
import { isSecret } from '@shared/resources/secret'
import { tenant } from '@shared/resources/tenant'
import { trunkAssignment } from '@shared/resources/trunk-assignment'
import { plainText } from '@shared/text/plain-text'
import { ifPresent, type Servers } from '../../servers/servers'
import { showRecord } from '../../portsip/records'
import type { PlanShelf } from '../plans/plan-shelf'
import type { PlansService } from '../plans/plans-service'
import { checkedValues } from '../records/record-values'
import { identityOf } from '../records/write-record'
import { dealerAssignmentText } from '../tenants/dealer-assignment'
import type { TrunksService } from '../trunks/trunks-service'
import { assignmentText } from '../trunks/write-assignment'
import { handoverLines, type HandoverLine } from './handover'

export interface CustomersDeps {
  readonly plans: Pick<PlansService, 'preview'>
  readonly shelf: Pick<PlanShelf, 'find' | 'isReverted'>
  readonly servers: Pick<Servers, 'reader' | 'record' | 'version'>
  readonly trunks: Pick<TrunksService, 'list'>
}

type StepWrite = PlanStep['write']

/** The step that creates the tenant; the others depend on it. */
const tenantStep = 1

/** The values to freeze: blank ones are for the PBX to fill in, except for a size, where blank means no limit. */
const frozenValues = (values: RecordValues): RecordValues =>
  Object.fromEntries(
    tenant.fields
      .filter(({ key, kind }) => Object.hasOwn(values, key) && (kind === 'size' || !isBlank(values[key])))
      .map(({ key }) => [key, values[key] ?? null]),
  )

const without = (values: RecordValues, keys: readonly string[]): RecordValues =>
  Object.fromEntries(Object.entries(values).filter(([key]) => !keys.includes(key)))

/** Makes the plan of a new customer: a tenant, then its dealer, then its numbers of a trunk. Nothing is sent. */
export class CustomersService {
  constructor(private readonly deps: CustomersDeps) {}

  /** Throws `rejected` with the fields of the tenant or the assignment that are not valid, and errors of reading. */
  async preview(request: CustomerRequest): Promise<PlanPreview> {
    const { serverId, dealerId, trunk } = request
    const { servers, plans } = this.deps
    const values = frozenValues(normalValues(tenant.fields, request.tenant))
    checkedValues(tenant, 'create', values, values, servers.version(serverId))
    const secretKeys = tenant.fields
      .filter((field) => isSecret(field) && Object.hasOwn(values, field.key))
      .map(({ key }) => key)
    const name = plainText(values['name'])
    const writes: StepWrite[] = [
      {
        ...{ kind: 'create', operation: `POST ${tenant.path}`, resource: 'tenants' },
        ...{ identity: identityOf(tenant, values), before: {}, changes: without(values, secretKeys) },
      },
    ]
    const dealer = dealerId === undefined ? undefined : await this.dealerName(serverId, dealerId)
    if (dealerId !== undefined && dealer !== undefined)
      writes.push({
        ...{ kind: 'create', operation: `POST ${dealerAssignment.path}`, resource: 'dealer-assignment' },
        ...{
          identity: dealerAssignmentText(dealer, name),
          before: {},
          changes: { dealer_id: dealerId },
        },
      })
    const trunkName = trunk === undefined ? undefined : await this.trunkName(serverId, trunk.trunkId)
    if (trunk !== undefined && trunkName !== undefined) writes.push(trunkWrite(trunk, trunkName, name))
    const steps = writes.map((write, at): PlanStep => ({
      ...{ kind: 'step', n: at + 1, write },
      ...(at > 0 && { recordOf: tenantStep }),
      ...(at === 0 && secretKeys.length > 0 && { secrets: secretKeys }),
    }))
    const secrets = Object.fromEntries(secretKeys.map((key) => [key, values[key] ?? null]))
    return plans.preview({
      title: `New customer ${name} on ${servers.record(serverId).name}`,
      ...{ serverId, steps, ordered: true },
      source: {
        ...{ kind: 'customer', tenant: name, domain: plainText(values['domain']) },
        ...(dealer !== undefined && { dealer }),
        ...(trunkName !== undefined && { trunk: trunkName }),
      },
      ...(secretKeys.length > 0 && { secrets: new Map([[tenantStep, secrets]]) }),
    })
  }

  /** What an applied plan created. Throws `rejected` if it is no new customer or was cleaned up, and `not-found`. */
  async handover(planId: string): Promise<{ readonly tenant: string; readonly lines: readonly HandoverLine[] }> {
    const { shelf, servers } = this.deps
    const { plan } = await shelf.find(planId)
    const { server, source } = plan.head
    if (await shelf.isReverted(planId))
      throw new FleetError({
        code: 'rejected',
        message: 'This customer was cleaned up, so there is nothing to hand over',
      })
    // The server may have left the workspace.
    const address = ifPresent(() => servers.record(server.id).address) ?? ''
    return { tenant: source.kind === 'customer' ? source.tenant : '', lines: handoverLines(plan, address) }
  }

  private async dealerName(serverId: ServerId, dealerId: string): Promise<string> {
    const { name, display_name: displayName } = await showRecord(this.deps.servers.reader(serverId), dealers, dealerId)
    const [account, shown] = [plainText(name), plainText(displayName)]
    return shown === '' || shown === account ? account : `${shown} (${account})`
  }

  private async trunkName(serverId: ServerId, trunkId: string): Promise<string> {
    const { trunks } = await this.deps.trunks.list({ serverId })
    const trunk = trunks.find(({ id }) => id === trunkId)
    if (trunk === undefined)
      throw new FleetError({ code: 'not-found', message: 'The trunk is no longer on the server' })
    return trunk.name ?? trunkId
  }
}

function trunkWrite(
  { trunkId, values }: NonNullable<CustomerRequest['trunk']>,
  trunk: string,
  tenantName: string,
): StepWrite {
  checkedValues(trunkAssignment, 'create', values)
  const concurrency = values['concurrency']
  return {
    ...{ kind: 'create', operation: `POST ${trunkAssignment.path}`, resource: 'trunk-assignment', trunkId },
    identity: assignmentText(trunk, tenantName),
    before: {},
    changes: {
      did_numbers: values['did_numbers'] ?? '',
      ...(!isBlank(concurrency) && { concurrency }),
    } as RecordValues,
  }
}
