import { computed, inject, provide, type ComputedRef, type InjectionKey } from 'vue'
import type { ServerId, ServerRecord } from '@shared/domain/server'
import type { SessionState } from '@shared/domain/session'
import { useSessions } from '@/stores/sessions'
import { useWorkspace } from '@/stores/workspace'

/** One server of the workspace. A page gets another scope by being mounted again, so `serverId` never changes under it. */
export interface ServerScope {
  readonly kind: 'server'
  readonly serverId: ServerId
  /** As the workspace has it; after its removal as it was last. */
  readonly server: ComputedRef<ServerRecord>
  readonly session: ComputedRef<SessionState>
  readonly isReadOnly: ComputedRef<boolean>
}

/** What a page works on. */
export type Scope = ServerScope

const scopeKey: InjectionKey<Scope> = Symbol('scope')

/** Gives the pages and dialogs below this component a server to work on. */
export function provideServer(record: ServerRecord): ServerScope {
  const workspace = useWorkspace()
  const sessions = useSessions()
  const server = computed<ServerRecord>((last) => workspace.byId.get(record.id) ?? last ?? record)
  const scope: ServerScope = {
    kind: 'server',
    serverId: record.id,
    server,
    session: computed(() => sessions.state(record.id)),
    isReadOnly: computed(() => server.value.protection === 'read-only'),
  }
  provide(scopeKey, scope)
  return scope
}

/** The server that the page around this component works on. */
export function useServer(): ServerScope {
  const scope = inject(scopeKey)
  if (scope === undefined) throw new Error('This component stands outside of a page of a server')
  return scope
}
