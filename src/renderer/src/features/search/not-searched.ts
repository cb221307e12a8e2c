import { computed } from 'vue'
import { scopeTexts, serversText } from '@shared/fleet/scope-text'
import type { SearchedServer } from '@shared/fleet/search'
import { useWorkspace } from '@/stores/workspace'
import { noPermissionTexts } from './no-permission'

/** What accounts may not read or do not see, which the results say nothing about: a sentence for all servers that are alike. */
export function useNotSearched(servers: () => readonly SearchedServer[]) {
  const { nameOf } = useWorkspace()
  return computed(() => [
    ...noPermissionTexts(servers(), nameOf),
    ...scopeTexts(servers(), 'searched', (ids) => serversText(ids, nameOf)),
  ])
}
