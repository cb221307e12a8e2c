import type { ResolvedOptions } from './options'

export type PracticeRole = 'SystemAdmin' | 'Dealer' | 'Admin'

/** Somebody who may sign in. `domain` is the SIP domain of a tenant; a system administrator and a dealer have none. Name and password can be changed. */
export interface PracticeAccount {
  readonly role: PracticeRole
  username: string
  password: string
  readonly domain?: string
  /** Of a dealer: the record in the list of dealers. */
  readonly dealerId?: string
  mustChange: boolean
}

/** The three accounts of a new practice server; the passwords of the dealer and the tenant's administrator are the first one's, too. */
export function makeAccounts(
  { username, password, passwordForceReset: mustChange }: ResolvedOptions,
  tenantDomain: string | undefined,
  dealerId: string | undefined,
): PracticeAccount[] {
  return [
    { role: 'SystemAdmin', username, password, mustChange },
    { role: 'Dealer', username: 'dealer1', password, mustChange, ...(dealerId !== undefined && { dealerId }) },
    ...(tenantDomain === undefined
      ? []
      : [{ role: 'Admin', username: 'admin', password, domain: tenantDomain, mustChange } as const]),
  ]
}
