import { computed, onScopeDispose, shallowRef, watch } from 'vue'
import type { ServerId } from '@shared/domain/server'
import type { MergedState } from '@shared/fleet/merged'
import type { MergedId } from '@shared/fleet/merged-ids'
import type { AppError } from '@shared/ipc/result'
import { scopeTexts, serversText } from '@shared/fleet/scope-text'
import { useLatestRequest } from '@/composables/latest-request'
import { invoke, on } from '@/ipc/client'
import { useWorkspace } from '@/stores/workspace'

/** Typing a filter changes the servers with every letter. */
const settleMs = 250

/** An open merged table in main: its servers are read while the page is open. */
export function useMerged(resource: MergedId, serverIds: () => readonly ServerId[]) {
  const workspace = useWorkspace()
  const state = shallowRef<MergedState>()
  const error = shallowRef<AppError>()
  const requests = useLatestRequest()
  let timer: ReturnType<typeof setTimeout> | undefined
  let isClosed = false

  const close = (viewId: string | undefined): void => {
    if (viewId !== undefined) void invoke('merged:close', { viewId })
  }

  async function open(): Promise<void> {
    const ids = serverIds()
    if (ids.length === 0) return
    const isLatest = requests.start()
    error.value = undefined
    const reply = await invoke('merged:open', { resource, serverIds: [...ids] })
    if (!reply.ok) return void (isLatest() && (error.value = reply.error))
    if (isClosed || !isLatest()) return close(reply.value.viewId)
    close(state.value?.viewId)
    state.value = reply.value
  }

  async function show(): Promise<void> {
    const viewId = state.value?.viewId
    if (viewId === undefined) return open()
    const reply = await invoke('merged:show', { viewId, serverIds: [...serverIds()] })
    if (!reply.ok) return void (error.value = reply.error)
    if (state.value?.viewId === viewId) state.value = reply.value
  }

  const ids = computed(() => serverIds().join('\n'))
  watch(ids, () => {
    clearTimeout(timer)
    timer = setTimeout(() => void show(), settleMs)
  })
  onScopeDispose(
    on('merged:changed', (changed) => {
      if (changed.viewId === state.value?.viewId) state.value = changed
    }),
  )
  onScopeDispose(() => {
    isClosed = true
    clearTimeout(timer)
    close(state.value?.viewId)
  })
  void open()

  async function read(servers: readonly ServerId[]): Promise<void> {
    const viewId = state.value?.viewId
    if (viewId === undefined) return open()
    if (servers.length === 0) return
    const reply = await invoke('merged:read', { viewId, serverIds: [...servers] })
    if (!reply.ok) error.value = reply.error
  }

  /** Servers whose only row is the own tenant of the account, which is changed on its page. */
  const ownTenantIds = computed(
    () => new Set(state.value?.servers.flatMap(({ serverId, scope }) => (scope === 'own-tenant' ? [serverId] : []))),
  )
  const scopes = computed(() =>
    scopeTexts(state.value?.servers ?? [], 'read', (ids) => serversText(ids, workspace.nameOf)),
  )

  return { state, ownTenantIds, scopes, error, open, read }
}
