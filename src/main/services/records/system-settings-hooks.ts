import type { FieldKey } from '@shared/resources/resource'
import type { systemSettings } from '@shared/resources/system-settings'
import type { RecordHooks, PendingWrite } from './hooks'
import { signingGuards, signingWarnings } from './stir-shaken'

type Key = FieldKey<typeof systemSettings>

const isSet = (value: unknown): boolean => typeof value === 'string' && value !== ''

function warningsFor({ changes, current = {} }: PendingWrite<Key>): readonly string[] {
  const warnings = [...signingWarnings({ changes, current })]
  if (isSet(changes.blocked_user_agents))
    warnings.push('Phones with a blocked user agent can no longer register or call.')
  const port = 'trace_server_port' in changes ? changes.trace_server_port : current.trace_server_port
  if (isSet(changes.trace_server_host)) {
    warnings.push('The trace server receives the signaling of all tenants, including caller, callee and time.')
    if (typeof port !== 'number' || port === 0) warnings.push('The trace server has no port yet.')
  }
  return warnings
}

/** What stands between the fields of the system settings: the key pair of STIR/SHAKEN, and who is turned away or overheard. */
export const systemSettingsHooks: RecordHooks<Key> = {
  check: (write) => Promise.resolve({ guards: signingGuards(write), warnings: warningsFor(write) }),
}
