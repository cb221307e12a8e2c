import type { MergedServer } from '@shared/fleet/merged'
import { useServerHealth } from '@/composables/server-health'
import { useWorkspace } from '@/stores/workspace'
import { phaseLabels } from './merged-text'

/** The state of a server of a table or a search; of one that is not signed in, why, such as that it is unreachable. */
export function usePhaseText(): (server: Pick<MergedServer, 'serverId' | 'phase'>) => string {
  const workspace = useWorkspace()
  const healthOf = useServerHealth()
  return ({ serverId, phase }) => {
    const record = phase === 'signed-out' ? workspace.byId.get(serverId) : undefined
    return record === undefined ? phaseLabels[phase] : healthOf(record).label
  }
}
