import { notYourRole } from './api-problem'

const areas = [
  ['/ip_filters', 'SystemSettings'],
  ['/admin/settings', 'SystemSettings'],
  ['/providers', 'Trunk'],
  ['/tenants', 'Tenant'],
  ['/dealers', 'Dealer'],
] as const

/** Throws 403 if a role of 22.3 or later lacks the capability for a request: any for reading, full access otherwise. */
export function requireCapability(capabilities: readonly string[] | undefined, method: string, path: string): void {
  const area = areas.find(([prefix]) => path.startsWith(prefix))?.[1]
  if (capabilities === undefined || area === undefined) return
  const isRead = method === 'GET' && !path.endsWith('/export')
  const isAllowed = capabilities.some((each) => (isRead ? each.startsWith(`${area}.`) : each === `${area}.FullAccess`))
  if (!isAllowed) throw notYourRole()
}
