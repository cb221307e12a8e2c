import { computed } from 'vue'
import { useRoute } from 'vue-router'
import { useSessions } from '@/stores/sessions'
import { useWorkspace } from '@/stores/workspace'

/** The server whose page is open, if one is. */
export function useCurrentServer() {
  const route = useRoute()
  const workspace = useWorkspace()
  const sessions = useSessions()
  const serverId = computed(() => (typeof route.params['serverId'] === 'string' ? route.params['serverId'] : undefined))
  const server = computed(() => (serverId.value === undefined ? undefined : workspace.byId.get(serverId.value)))
  const session = computed(() => (serverId.value === undefined ? undefined : sessions.state(serverId.value)))
  return { serverId, server, session }
}
