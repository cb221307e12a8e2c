import type { PracticeOptions, PracticeVersion } from '../options'
import { Random } from '../random'
import { kindOptions, type FleetKind } from './kinds'

const versions: readonly PracticeVersion[] = ['22.2', '22.6', '22.0', '22.2', '22.6', '22.2', '22.2']

/** Every twelfth server has many rules; it is a fine one. */
const hasManyRules = (index: number): boolean => index % 12 === 4

/** Small data and ample limits that depend only on the seed, changed by what the kind says. */
export function serverOptions(index: number, kind: FleetKind, seed: number): PracticeOptions {
  const random = new Random(seed)
  const licensedUsers = random.pick([50, 100, 200, 500])
  const maxConcurrentCalls = random.pick([16, 32, 64, 128])
  return {
    seed,
    version: versions[index % versions.length] ?? '22.2',
    rules: hasManyRules(index) ? 2000 : 12 + random.below(40),
    tenants: 2 + random.below(7),
    dealers: 1 + random.below(3),
    licensedUsers,
    currentUsers: Math.round(licensedUsers * (0.4 + 0.4 * random.next())),
    maxConcurrentCalls,
    currentCalls: Math.round(maxConcurrentCalls * 0.6 * random.next()),
    maintenanceDays: 120 + random.below(600),
    certificateDays: 120 + random.below(600),
    serviceRuleDays: 3650,
    ...kindOptions[kind],
  }
}
