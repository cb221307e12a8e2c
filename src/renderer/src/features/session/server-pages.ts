import type { SessionState } from '@shared/domain/session'
import { roles, type Role } from '@shared/resources/resource'
import { isVersionIn } from '@shared/resources/version'
import type { IconName } from '@/components/icons'

export interface ServerPage {
  /** The route's name. */
  readonly name: string
  readonly label: string
  readonly icon: IconName
  readonly roles: readonly Role[]
  readonly since?: string
  /** Other names of the page, for the palette. */
  readonly keywords?: string
}

/** The pages of a server in the order of its tabs, with the roles that can use them. */
const serverPages: readonly ServerPage[] = [
  { name: 'overview', label: 'Overview', icon: 'chart', roles },
  { name: 'tenants', label: 'Tenants', icon: 'fleet', roles: ['SystemAdmin', 'Dealer'] },
  { name: 'dealers', label: 'Dealers', icon: 'archive', roles: ['SystemAdmin', 'Dealer'] },
  {
    name: 'ip-rules',
    label: 'IP rules',
    icon: 'shield',
    roles: ['SystemAdmin'],
    keywords: 'IP blacklist whitelist block allow',
  },
  { name: 'transports', label: 'Transports', icon: 'route', roles: ['SystemAdmin'] },
  { name: 'trunk-assignments', label: 'Trunk assignments', icon: 'plug', roles: ['SystemAdmin'] },
  { name: 'system-settings', label: 'Settings', icon: 'settings', roles: ['SystemAdmin'] },
  { name: 'notification', label: 'Notifications', icon: 'mail', roles: ['SystemAdmin'] },
  { name: 'network', label: 'Network', icon: 'server', roles: ['SystemAdmin'] },
  { name: 'sbc-im', label: 'SBC & IM', icon: 'plug', roles: ['SystemAdmin'] },
  { name: 'certificate', label: 'Certificate', icon: 'lock', roles: ['SystemAdmin'] },
  { name: 'license', label: 'License', icon: 'key', roles: ['SystemAdmin'] },
  { name: 'brand', label: 'Rebranding', icon: 'sun', roles: ['SystemAdmin'] },
  { name: 'account', label: 'Account', icon: 'hand', roles },
]

const isKnown = (role: string): role is Role => (roles as readonly string[]).includes(role)

/** The pages for a session. An unknown role gets all of them; the PBX refuses those without permission. */
export const pagesFor = ({ role, version }: Pick<SessionState, 'role' | 'version'> = {}): readonly ServerPage[] =>
  serverPages.filter(
    (page) => (role === undefined || !isKnown(role) || page.roles.includes(role)) && isVersionIn(version, page),
  )
