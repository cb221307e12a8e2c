import type { ServerId } from '@shared/domain/server'
import { FleetError } from '@shared/ipc/result'
import { adminStatus } from '../portsip/admin-status'
import { serverInfo } from '../portsip/info'
import type { PbxClient } from '../portsip/pbx-client'
import { handle } from './handle'

export interface StatusIpcDeps {
  readonly client: (serverId: ServerId) => PbxClient
}

/** Answers `status:get` with GET /info and, for a role that may read it, GET /admin/status. */
export function registerStatusIpc({ client }: StatusIpcDeps): void {
  handle('status:get', async ({ serverId }) => {
    const pbx = client(serverId)
    const notAllowed = (error: unknown): undefined => {
      if (error instanceof FleetError && ['forbidden', 'not-found'].includes(error.detail.code)) return undefined
      throw error
    }
    const [info, status] = await Promise.all([serverInfo(pbx), adminStatus(pbx).catch(notAllowed)])
    return { info, ...(status && { status }), readAt: new Date().toISOString() }
  })
}
