import { onScopeDispose } from 'vue'
import type { ServerId } from '@shared/domain/server'

/** Resolves to whether the session may end; asks where something typed would be lost. */
type CanEnd = () => Promise<boolean> | boolean

const open = new Map<CanEnd, ServerId>()

/** Asks before the session of this server is ended in the app: its pages, and what is typed there, go with it. */
export function useSessionQuestion(serverId: ServerId, canEnd: CanEnd): void {
  open.set(canEnd, serverId)
  onScopeDispose(() => open.delete(canEnd))
}

/** Resolves to whether the session of this server may end, after all questions about what is typed on its pages. */
export async function canEndSession(serverId: ServerId): Promise<boolean> {
  for (const [canEnd, of] of [...open]) if (of === serverId && !(await canEnd())) return false
  return true
}
