import { keyEnd, type Activation, type LicenseView } from '@shared/domain/license'
import type { ServerId } from '@shared/domain/server'
import type { Confirmation } from '@shared/domain/write'
import { adminStatus } from '../portsip/admin-status'
import { activateLicense, license } from '../portsip/license'
import { confirmedOnly } from './writes/confirmed-only'
import { isUnknown } from './writes/unknown-outcome'
import type { Writer } from './writes/writer'
import type { Servers } from '../servers/servers'

/** Seconds until the PBX shows a new key. */
const waitSeconds = 10

export interface LicenseDeps {
  readonly servers: Pick<Servers, 'reader'>
  readonly writer: Writer
  readonly now?: () => number
}

/** The license of a server. The window gets only the last characters of the key. */
export class LicenseService {
  constructor(private readonly deps: LicenseDeps) {}

  /** GET /license, and the usage from GET /admin/status if that succeeds. */
  async get(serverId: ServerId): Promise<LicenseView> {
    const client = this.deps.servers.reader(serverId)
    const [current, status] = await Promise.all([license(client), adminStatus(client).catch(() => undefined)])
    return {
      keyEnd: keyEnd(current.license_key),
      product: current.product_name ?? '',
      apiVersion: current.api_version ?? '',
      company: current.company_name ?? '',
      contact: current.contact_email ?? '',
      ...(typeof current.max_sim_calls === 'number' && { maxCalls: current.max_sim_calls }),
      ...(status && {
        use: {
          version: status.version,
          license_type: status.license_type,
          maintenance_expires_at: status.maintenance_expires_at,
          licensed_users: status.licensed_users,
          current_users: status.current_users,
          max_concurrent_calls: status.max_concurrent_calls,
          current_calls: status.current_calls,
        },
      }),
      readAt: new Date((this.deps.now ?? Date.now)()).toISOString(),
    }
  }

  /**
   * POST /license, after the protection level. A missing response is no error: the result shows when the license is
   * read again.
   */
  async activate(args: {
    readonly serverId: ServerId
    readonly key: string
    readonly confirmation: Confirmation
  }): Promise<Activation> {
    const { serverId, key, confirmation } = args
    const approved = await this.deps.writer.approve(serverId, confirmation)
    let hasReplied = true
    try {
      await approved.perform(
        {
          kind: 'action',
          operation: 'POST /license',
          identity: 'license',
          before: {},
          changes: { license_key: '(set)' },
        },
        { send: (writer) => activateLicense(writer, key), ...confirmedOnly, secrets: [key] },
      )
    } catch (error) {
      hasReplied = false
      if (!isUnknown(error)) throw error
    }
    return { keyEnd: keyEnd(key), answered: hasReplied, waitSeconds }
  }
}
