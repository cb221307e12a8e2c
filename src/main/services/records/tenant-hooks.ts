import ipaddr from 'ipaddr.js'
import { visibleText } from '@shared/domain/visible-text'
import type { FieldError } from '@shared/ipc/result'
import { FleetError } from '@shared/ipc/result'
import { tenant } from '@shared/resources/tenant'
import type { FieldKey } from '@shared/resources/resource'
import { plainText } from '@shared/text/plain-text'
import type { PbxReader } from '../../portsip/pbx-client'
import { showRecord } from '../../portsip/records'
import { trunksAt } from '../../portsip/trunk-hosts'
import type { RecordHooks, PendingWrite } from './hooks'
import { newTenantWarnings, quotaWarnings } from './own-quota'
import { sameRows } from './same-rows'

type Key = FieldKey<typeof tenant>

const retentions = ['recording_retention', 'call_report_retention', 'log_retention', 'temp_file_retention'] as const

/** Another tenant of the server that has this domain. */
async function tenantAt(client: PbxReader, domain: string, id: string | undefined): Promise<string | undefined> {
  const rows = await sameRows(client, tenant, { domain })
  const other = rows.find((row) => row.id !== id)
  return other === undefined ? undefined : plainText(other.name)
}

/** Who may not read the trunks, and a server that does not tell them, leaves the question open. */
const trunksIfReadable = (client: PbxReader, domain: string): Promise<readonly string[]> =>
  trunksAt(client, domain).catch((error: unknown) => {
    if (error instanceof FleetError && ['forbidden', 'not-found'].includes(error.detail.code)) return []
    throw error
  })

async function domainProblems({ client, id }: PendingWrite<Key>, domain: string): Promise<readonly FieldError[]> {
  const owner = await tenantAt(client, domain, id)
  const trunks = await trunksIfReadable(client, domain)
  const found: FieldError[] = []
  if (owner !== undefined)
    found.push({ path: 'domain', message: `The tenant ${visibleText(owner)} already has this domain` })
  if (trunks.length > 0)
    found.push({
      path: 'domain',
      message: `It is the host of the trunk ${trunks.map(visibleText).join(', ')}: calls could not be distinguished`,
    })
  return found
}

const isAddress = (domain: string): boolean => ipaddr.isValid(domain.replace(/^\[|\]$/g, ''))

/** What a change of these fields breaks, in the list of tenants and in the own tenant. */
export function tenantWarnings({
  changes,
  current,
}: Pick<PendingWrite<'domain' | 'enabled' | (typeof retentions)[number]>, 'changes' | 'current'>): readonly string[] {
  const warnings: string[] = []
  const { domain, enabled } = changes
  if (typeof domain === 'string' && isAddress(domain))
    warnings.push('The domain is an IP address. The API accepts it, but PortSIP recommends a domain name.')
  if (typeof domain === 'string' && current !== undefined)
    warnings.push('Phones, apps and trunks that use the old domain lose their registration until they use the new one.')
  if (enabled === false) warnings.push('While the tenant is disabled, its extensions cannot register or call.')
  const shorter = retentions.filter(
    (key) => typeof changes[key] === 'number' && Number(changes[key]) < Number(current?.[key] ?? 0),
  )
  if (shorter.length > 0) warnings.push('Items older than the shorter retention are deleted. You can’t undo this.')
  return warnings
}

/** Domains that are taken, what a change breaks, and what is lost with a tenant. */
export const tenantHooks: RecordHooks<Key> = {
  async check(write) {
    const domain = write.changes.domain
    const problems = typeof domain === 'string' && domain !== '' ? await domainProblems(write, domain.trim()) : []
    return { guards: [], warnings: [...tenantWarnings(write), ...(await quotaWarnings(write))], problems }
  },
  checkCreates: ({ client, role, rows }) => (role === 'Dealer' ? newTenantWarnings(client, rows) : Promise.resolve([])),
  async checkDestroy({ client, ids, records }) {
    const rows = await Promise.all(ids.map(async (id) => records?.get(id) ?? showRecord(client, tenant, id)))
    return rows.map((row) => {
      const name = visibleText(plainText(row.name)).trim()
      return {
        kind: 'tenant-loss',
        message: `The extensions, call records and recordings of the tenant ${name} are deleted, too. You can’t undo this.`,
        addresses: [],
        word: name === '' ? plainText(row.domain) : name,
      }
    })
  },
}
