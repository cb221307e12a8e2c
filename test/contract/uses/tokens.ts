import { tokenOwners } from '@shared/domain/server-token'
import type { Use } from './use'

export const useTokens: Use = async (ask) => {
  for (const owner of tokenOwners) {
    await ask(`GET /${owner}/token`)
    await ask(`POST /${owner}/token/destroy`)
    await ask(`GET /${owner}/token`)
    await ask(`POST /${owner}/token`)
  }
}
