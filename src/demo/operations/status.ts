import { ok } from '../answer'
import { operation, type Operation } from '../operation'
import type { PracticeVersion } from '../options'
import { Random } from '../random'
import { maskedKey } from './license'
import type { World } from '../world'

const hour = 3_600_000

export const fullVersions: Readonly<Record<PracticeVersion, string>> = {
  '22.0': '22.0.21.1214',
  '22.1': '22.1.7.1390',
  '22.2': '22.2.25.1608',
  '22.3': '22.3.24.1788',
  '22.6': '22.6.4.2090',
  '22.8': '22.8.1.2411',
}

/** A working day: few calls at night, most around noon and in the afternoon. */
export function calls({ clock, options }: World): readonly { readonly time: string; readonly count: number }[] {
  const random = new Random(options.seed + 3)
  return Array.from({ length: 24 }, (_, index) => {
    const time = clock.stamp((index - 23) * hour)
    const at = Number(time.slice(11, 13))
    const busy = at < 6 || at > 20 ? 4 : 40 + 60 * Math.sin(((at - 6) / 14) * Math.PI)
    return { time: `${time.slice(0, 14)}00:00Z`, count: Math.round(busy * (0.7 + 0.6 * random.next())) }
  })
}

/** Without options, the users follow from the tenants, and the license is large enough for them. */
function users({ lists, options }: World): { readonly licensed: number; readonly current: number } {
  const inTenants = lists.tenants
    .all()
    .reduce((sum, tenant) => sum + Math.round(Number(tenant['max_extensions'] ?? 0) / 5), 0)
  const { currentUsers: current = inTenants } = options
  const { licensedUsers: licensed = Math.max(1000, Math.ceil(current / 500) * 500) } = options
  return { licensed, current }
}

export const statusOperations: readonly Operation[] = [
  operation({
    method: 'GET',
    path: '/admin/status',
    allow: ['SystemAdmin'],
    answer: ({ world }) => {
      const { currentCalls, maxConcurrentCalls, maintenanceDays } = world.options
      const { licensed, current } = users(world)
      return ok({
        version: fullVersions[world.options.version],
        news: null,
        license_key: maskedKey(world.license.key),
        license_type: 'ENTERPRISE',
        maintenance_expires_at: world.clock.stamp(maintenanceDays * 24 * hour),
        max_concurrent_calls: maxConcurrentCalls,
        licensed_users: licensed,
        current_users: current,
        online_users: Math.round(current * 0.81),
        current_tenants: world.lists.tenants.all().length,
        current_dealers: world.lists.dealers.all().length,
        current_calls: currentCalls,
        current_trunks: 6,
        current_conference_servers: 1,
        current_media_servers: 2,
        current_call_queue_servers: 1,
        current_ivr_servers: 1,
        calls_in_24_hours: calls(world),
      })
    },
  }),
]
