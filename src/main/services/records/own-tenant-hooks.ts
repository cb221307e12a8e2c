import type { ownTenant } from '@shared/resources/own-tenant'
import type { FieldKey } from '@shared/resources/resource'
import type { RecordHooks } from './hooks'
import { signingGuards, signingWarnings } from './stir-shaken'
import { tenantWarnings } from './tenant-hooks'

/** What a change of the own tenant breaks. Other tenants and their domains cannot be read. */
export const ownTenantHooks: RecordHooks<FieldKey<typeof ownTenant>> = {
  check(write) {
    const { changes, current = {} } = write
    const warnings = [...tenantWarnings({ changes, current }), ...signingWarnings(write)]
    if (typeof changes.domain === 'string')
      warnings.push('You sign in with the domain, too: after the change, edit this server and enter the new one.')
    return Promise.resolve({ guards: signingGuards(write), warnings })
  },
}
