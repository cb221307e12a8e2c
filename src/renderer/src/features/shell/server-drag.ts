import { ref } from 'vue'
import type { ServerId, ServerRecord } from '@shared/domain/server'
import type { TreeRow } from './tree-rows'

type Move = (serverId: ServerId, before: ServerId | null, folder: string) => Promise<void>

/** Dragging a server in the sidebar: onto a server moves it before that one, onto a folder moves it to its end. */
export function useServerDrag(move: Move) {
  const over = ref<string>()
  let dragged: ServerRecord | undefined

  return {
    over,
    start(event: DragEvent, row: TreeRow): void {
      if (row.kind !== 'server' || !event.dataTransfer) return
      dragged = row.server
      event.dataTransfer.effectAllowed = 'move'
      event.dataTransfer.setData('application/x-pbx-fleet-server', row.server.id)
    },
    hover(event: DragEvent, row: TreeRow): void {
      if (!dragged) return
      event.preventDefault()
      over.value = row.key
    },
    leave(): void {
      over.value = undefined
    },
    drop(row: TreeRow): void {
      const server = dragged
      over.value = undefined
      dragged = undefined
      if (!server) return
      if (row.kind === 'folder') void move(server.id, null, row.folder)
      else if (row.server.id !== server.id) void move(server.id, row.server.id, row.server.folder)
    },
    end(): void {
      over.value = undefined
      dragged = undefined
    },
  }
}
