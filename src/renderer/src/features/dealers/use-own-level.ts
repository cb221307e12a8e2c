import { computed, onScopeDispose, shallowRef, watch } from 'vue'
import type { DealerStatus } from '@shared/domain/dealer'
import type { ServerId } from '@shared/domain/server'
import type { AppError } from '@shared/ipc/result'
import { invoke } from '@/ipc/client'
import { usePlans } from '@/stores/plans'
import { useSessions } from '@/stores/sessions'

/** The level of the signed-in dealer, and its usage against its limits. */
export function useOwnLevel(serverId: ServerId) {
  const sessions = useSessions()
  const isDealer = computed(() => sessions.state(serverId).role === 'Dealer')
  const level = shallowRef<unknown>()
  const status = shallowRef<DealerStatus>()
  const error = shallowRef<AppError>()

  async function load(): Promise<void> {
    const [own, overview] = await Promise.all([
      invoke('records:get', { serverId, resource: 'dealer' }),
      invoke('status:get', { serverId }),
    ])
    if (own.ok) level.value = own.value.values['level']
    if (overview.ok) status.value = overview.value.dealer
    error.value = own.ok ? (overview.ok ? undefined : overview.error) : own.error
  }
  // An import, a new customer or a revert changes the usage.
  onScopeDispose(
    usePlans().onEnded(({ server, resources }) => {
      const isUsage = resources.includes('tenants') || resources.includes('dealers')
      if (isDealer.value && server.id === serverId && isUsage) void load()
    }),
  )
  watch(isDealer, (is) => is && void load(), { immediate: true })
  return { isDealer, level, status, error, load }
}
