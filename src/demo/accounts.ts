import type { ResolvedOptions } from './options'

export type PracticeRole =
  | 'SystemAdmin'
  | 'Dealer'
  | 'Admin'
  | 'StandardUser'
  | 'StandardInternationalUser'
  | 'QueueManager'

/**
 * An account that can sign in. `domain` is the SIP domain of a tenant; a system administrator and a dealer have none.
 * Username and password can be changed.
 */
export interface PracticeAccount {
  readonly role: PracticeRole
  username: string
  password: string
  /** Follows the domain of its tenant. */
  domain?: string
  /** For a dealer: the ID of its record in the list of dealers. */
  readonly dealerId?: string
  mustChange: boolean
  /** From 22.3 on: the name of its role, and what the role may do; without them the account may do everything of its role. */
  readonly roleName?: string
  capabilities?: readonly string[]
}

/** The three accounts of a new practice server, and those that its options add; all have the same password. */
export function makeAccounts(
  { username, password, passwordForceReset: mustChange, moreAccounts }: ResolvedOptions,
  tenantDomain: string | undefined,
  dealerId: string | undefined,
): PracticeAccount[] {
  return [
    { role: 'SystemAdmin', username, password, mustChange },
    { role: 'Dealer', username: 'dealer1', password, mustChange, ...(dealerId !== undefined && { dealerId }) },
    ...(tenantDomain === undefined
      ? []
      : [{ role: 'Admin', username: 'admin', password, domain: tenantDomain, mustChange } as const]),
    ...moreAccounts.map((account) => ({
      ...account,
      password,
      mustChange,
      ...(account.role !== 'SystemAdmin' && tenantDomain !== undefined && { domain: tenantDomain }),
    })),
  ]
}
