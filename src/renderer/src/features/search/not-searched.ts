import { computed } from 'vue'
import type { ServerId } from '@shared/domain/server'
import type { SearchedServer } from '@shared/fleet/search'
import { useSessions } from '@/stores/sessions'
import { useWorkspace } from '@/stores/workspace'
import { noPermissionTexts, ownOnlyTexts } from './no-permission'

/** What accounts may not read or do not see, which the results say nothing about: a sentence for all servers that are alike. */
export function useNotSearched(servers: () => readonly SearchedServer[]) {
  const workspace = useWorkspace()
  const sessions = useSessions()
  const nameOf = (id: ServerId): string => workspace.byId.get(id)?.name ?? id
  const isDealer = (id: ServerId): boolean => sessions.state(id).role === 'Dealer'
  return computed(() => [...noPermissionTexts(servers(), nameOf), ...ownOnlyTexts(servers(), nameOf, isDealer)])
}
