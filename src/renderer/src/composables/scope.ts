import { computed, inject, provide, type ComputedRef, type InjectionKey } from 'vue'
import { useRoute } from 'vue-router'
import { mayUse } from '@shared/access/allowed'
import type { ServerId, ServerRecord } from '@shared/domain/server'
import type { SessionState } from '@shared/domain/session'
import { useSessions } from '@/stores/sessions'
import { useWorkspace } from '@/stores/workspace'

/** One server of the workspace. For another server a page is mounted again, so `serverId` never changes. */
export interface ServerScope {
  readonly kind: 'server'
  readonly serverId: ServerId
  /** From the workspace, after its removal the last state; read-only on a page that the account can only view. */
  readonly server: ComputedRef<ServerRecord>
  readonly session: ComputedRef<SessionState>
  readonly isReadOnly: ComputedRef<boolean>
  /** The account can view the open page but not change it. */
  readonly isViewOnly: ComputedRef<boolean>
}

/** The scope of a page. */
export type Scope = ServerScope

const scopeKey: InjectionKey<Scope> = Symbol('scope')

/** Provides the server for the pages and dialogs below this component. */
export function provideServer(record: ServerRecord): ServerScope {
  const workspace = useWorkspace()
  const sessions = useSessions()
  const route = useRoute()
  const stored = computed<ServerRecord>((last) => workspace.byId.get(record.id) ?? last ?? record)
  const session = computed(() => sessions.state(record.id))
  const isViewOnly = computed(
    () => session.value.phase === 'signed-in' && !mayUse(session.value, String(route.name), 'change'),
  )
  const server = computed(() =>
    isViewOnly.value ? { ...stored.value, protection: 'read-only' as const } : stored.value,
  )
  const scope: ServerScope = {
    kind: 'server',
    serverId: record.id,
    server,
    session,
    isViewOnly,
    isReadOnly: computed(() => server.value.protection === 'read-only'),
  }
  provide(scopeKey, scope)
  return scope
}

/** The server of the surrounding page. */
export function useServer(): ServerScope {
  const scope = inject(scopeKey)
  if (scope === undefined) throw new Error('This component is not on a page of a server')
  return scope
}

/** The server of the surrounding page, where the page is of one. */
export const useServerIfAny = (): ServerScope | undefined => inject(scopeKey, undefined)

/** Why a form cannot change anything: true if it is the account, which can only view the page. */
export const useViewOnly = (): ComputedRef<boolean> | undefined => useServerIfAny()?.isViewOnly
