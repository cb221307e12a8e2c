import type { TrunksService } from '../services/trunks/trunks-service'
import { handle } from './handle'

/** Handles `trunks:*`. */
export function registerTrunksIpc(trunks: TrunksService): void {
  handle('trunks:list', (args) => trunks.list(args))
  handle('trunks:pools', (args) => trunks.pools(args))
  handle('trunks:tenants', (args) => trunks.tenants(args))
  handle('trunks:get', (args) => trunks.get(args))
  handle('trunks:check', (args) => trunks.check(args))
  handle('trunks:assign', (args) => trunks.assign(args))
  handle('trunks:update', (args) => trunks.update(args))
  handle('trunks:checkUnassign', (args) => trunks.checkUnassign(args))
  handle('trunks:unassign', async (args) => {
    await trunks.unassign(args)
    return null
  })
}
