import type { ResolvedOptions } from './options'

export type PracticeRole = 'SystemAdmin' | 'Dealer' | 'Admin'

/** Somebody who may sign in. `domain` is the SIP domain of a tenant; a system administrator and a dealer have none. */
export interface PracticeAccount {
  readonly role: PracticeRole
  readonly username: string
  readonly password: string
  readonly domain?: string
}

/** The three accounts of a practice server; the passwords of the dealer and the tenant's administrator are the first one's, too. */
export const makeAccounts = ({ username, password }: ResolvedOptions, tenantDomain: string | undefined) => [
  { role: 'SystemAdmin', username, password } as const,
  { role: 'Dealer', username: 'dealer1', password } as const,
  ...(tenantDomain === undefined
    ? []
    : [{ role: 'Admin', username: 'admin', password, domain: tenantDomain } as const]),
]
