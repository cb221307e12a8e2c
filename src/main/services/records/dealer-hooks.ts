import { printNumber } from '@shared/format/print-number'
import { advisoryNote } from '@shared/domain/password-policy'
import { dealerLevels } from '@shared/domain/dealer'
import { ownDealer, type dealers } from '@shared/resources/dealer'
import type { RecordOf } from '@shared/resources/nested'
import type { FieldKey } from '@shared/resources/resource'
import { showRecord } from '../../portsip/records'
import { passwordRules } from '../password-rules'
import type { RecordHooks, PendingWrite } from './hooks'

type Key = FieldKey<typeof dealers>

const limits = [
  { key: 'max_tenants', what: 'tenants' },
  { key: 'max_extensions', what: 'extensions' },
] as const

/** Limits beyond those of the dealer who sets them. */
function limitProblems(
  changes: PendingWrite<Key>['changes'],
  own: RecordOf<FieldKey<typeof ownDealer>>,
): readonly string[] {
  return limits.flatMap(({ key, what }) => {
    const [asked, allowed] = [changes[key], own[key]]
    if (typeof asked !== 'number' || typeof allowed !== 'number' || asked <= allowed) return []
    return [`${printNumber(asked)} ${what} exceed your own limit of ${printNumber(allowed)}.`]
  })
}

/** What the password of a new dealer violates, where the default policy does not refuse it. */
async function passwordWarnings(write: PendingWrite<Key>): Promise<readonly string[]> {
  const { client, changes, role, version, sending } = write
  const { password } = changes
  if (sending === true || typeof password !== 'string' || password === '') return []
  const account = [changes.name, changes.email].filter((text) => typeof text === 'string')
  const rules = await passwordRules(client, { ...(role && { role }), ...(version && { version }) }, 'dealer')
  const note = advisoryNote(password, account, rules)
  return note === undefined ? [] : [`Password: ${note}`]
}

/** Warns of a change that the PBX ignores, of a disabled account, and of limits above one's own. */
export const dealerHooks: RecordHooks<Key> = {
  async check(write) {
    const { client, role, id, changes, current } = write
    const own = role === 'Dealer' ? await showRecord(client, ownDealer) : undefined
    const before = id === undefined ? true : current?.tenant_full_access
    const access = changes.tenant_full_access
    const warnings: string[] = []
    if (access !== undefined && access !== before && own?.level !== dealerLevels[0])
      warnings.push('Only a distributor can change “Full access to tenants”. The PBX ignores this change.')
    if (changes.enabled === false && current?.enabled !== false)
      warnings.push('While the dealer is disabled, nobody can sign in with this account.')
    return {
      guards: [],
      warnings: [
        ...warnings,
        ...(own === undefined ? [] : limitProblems(changes, own)),
        ...(await passwordWarnings(write)),
      ],
    }
  },
}
