import { isUnknownTo, mayUse, type Account } from '@shared/access/allowed'
import { isVersionIn } from '@shared/resources/version'
import type { IconName } from '@/components/icons'

export interface ServerPage {
  /** The route's name. */
  readonly name: string
  readonly label: string
  readonly icon: IconName
  readonly since?: string
  /** Other names of the page, for the palette. */
  readonly keywords?: string
}

/** The pages of a server in the order of its tabs, those that some account can use. */
const serverPages: readonly ServerPage[] = [
  { name: 'overview', label: 'Overview', icon: 'chart' },
  { name: 'tenants', label: 'Tenants', icon: 'fleet' },
  { name: 'dealers', label: 'Dealers', icon: 'archive' },
  {
    name: 'ip-rules',
    label: 'IP rules',
    icon: 'shield',
    keywords: 'IP blacklist whitelist block allow',
  },
  { name: 'transports', label: 'Transports', icon: 'route' },
  { name: 'trunk-assignments', label: 'Trunk assignments', icon: 'plug' },
  { name: 'system-settings', label: 'Settings', icon: 'settings' },
  { name: 'notification', label: 'Notifications', icon: 'mail' },
  { name: 'network', label: 'Network', icon: 'server' },
  { name: 'sbc-im', label: 'SBC & IM', icon: 'plug' },
  { name: 'certificate', label: 'Certificate', icon: 'lock' },
  { name: 'license', label: 'License', icon: 'key' },
  { name: 'brand', label: 'Rebranding', icon: 'sun' },
  { name: 'tenant', label: 'Tenant', icon: 'fleet', keywords: 'own tenant office hours two-factor' },
  { name: 'tenant-notification', label: 'Notifications', icon: 'mail' },
  { name: 'tenant-password-policy', label: 'Password policy', icon: 'lock' },
  { name: 'account', label: 'Account', icon: 'hand' },
]

/** The pages for an account. The PBX refuses those of which no document says whether the account may read them. */
export const pagesFor = (account: Account = {}): readonly ServerPage[] =>
  serverPages.filter((page) => mayUse(account, page.name, 'read') && isVersionIn(account.version, page))

/** The page of a server with this route name, if the account may not read it, for example since its role has changed. */
export const hiddenPage = (name: unknown, account: Account): ServerPage | undefined =>
  serverPages.find((page) => page.name === name && !pagesFor(account).includes(page))

/** Whether this is the name of a page of a server that the account may or may not be allowed to read. */
export const isUnknownPage = (name: unknown, account: Account): boolean =>
  serverPages.some((page) => page.name === name && isUnknownTo(account, page.name))
