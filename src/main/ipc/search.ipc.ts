import type { SearchService } from '../services/rows/search-service'
import { handle } from './handle'

/** Handles `search:*`; rows that arrive are pushed as `search:changed`. */
export function registerSearchIpc(search: SearchService): void {
  handle('search:find', ({ text, limit }) => search.find(text, limit))
  handle('search:read', ({ serverIds }) => {
    search.read(serverIds)
    return null
  })
}
