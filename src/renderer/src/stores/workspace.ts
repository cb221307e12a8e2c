import { computed, ref, shallowRef } from 'vue'
import { defineStore } from 'pinia'
import type { ServerDraft, ServerId, ServerRecord } from '@shared/domain/server'
import { distinctNames } from '@shared/domain/server-names'
import type { WorkspaceView } from '@shared/domain/workspace'
import type { Value } from '@shared/ipc/contract'
import type { AppError, Result } from '@shared/ipc/result'
import { sortedNames } from '@shared/rows/order'
import { useLatestRequest } from '@/composables/latest-request'
import { draftStore } from '@/components/form/draft-store'
import { invoke, on } from '@/ipc/client'

/** The servers of the workspace. Every change comes back from main as `workspace:changed`; nothing is changed here first. */
export const useWorkspace = defineStore('workspace', () => {
  const view = shallowRef<WorkspaceView>({ servers: [], folders: [] })
  const loaded = ref(false)
  const error = shallowRef<AppError>()
  const requests = useLatestRequest()

  const servers = computed(() => view.value.servers)
  const byId = computed(() => new Map<ServerId, ServerRecord>(view.value.servers.map((server) => [server.id, server])))
  const names = computed(() => distinctNames(view.value.servers))
  const problem = computed(() => view.value.problem)
  const folders = computed(() => view.value.folders)
  const tags = computed(() => sortedNames(view.value.servers.flatMap((server) => server.tags)))

  const accept = (next: WorkspaceView): void => {
    requests.cancel()
    view.value = next
    loaded.value = true
    error.value = undefined
  }

  async function refresh(): Promise<void> {
    const isLatest = requests.start()
    const reply = await invoke('workspace:get', {})
    if (!isLatest()) return
    if (reply.ok) accept(reply.value)
    else {
      error.value = reply.error
      loaded.value = true
    }
  }

  async function restore(): Promise<Result<WorkspaceView>> {
    const reply = await invoke('workspace:restore', {})
    if (reply.ok) accept(reply.value)
    return reply
  }

  on('workspace:changed', accept)

  return {
    servers,
    byId,
    folders,
    tags,
    problem,
    /** The name of a server; its ID if it was removed. */
    nameOf: (id: ServerId): string => byId.value.get(id)?.name ?? id,
    /** The name of a server in a list: with its address if another server has the same name. */
    nameInList: ({ id, name }: Pick<ServerRecord, 'id' | 'name'>): string => names.value.get(id) ?? name,
    loaded,
    error,
    refresh,
    restore,
    add: (draft: ServerDraft) => invoke('workspace:add', { draft }),
    update: (serverId: ServerId, draft: ServerDraft) => invoke('workspace:update', { serverId, draft }),
    duplicate: (serverId: ServerId) => invoke('workspace:duplicate', { serverId }),
    move: (serverId: ServerId, before: ServerId | null, folder: string) =>
      invoke('workspace:move', { serverId, before, folder }),
    async remove(serverIds: readonly ServerId[]): Promise<Result<Value<'workspace:remove'>>> {
      const reply = await invoke('workspace:remove', { serverIds: [...serverIds] })
      if (reply.ok) draftStore.dropServers(serverIds)
      return reply
    },
    renameFolder: (folder: string, name: string) => invoke('workspace:renameFolder', { folder, name }),
    setPaused: (serverIds: readonly ServerId[], paused: boolean) =>
      invoke('workspace:setPaused', { serverIds: [...serverIds], paused }),
    /** Exports these servers, by default all. */
    exportFile: (serverIds?: readonly ServerId[]) =>
      invoke('workspace:export', serverIds ? { serverIds: [...serverIds] } : {}),
    openPortal: (serverId: ServerId) => invoke('workspace:openPortal', { serverId }),
    importFile: () => invoke('workspace:import', {}),
  }
})
