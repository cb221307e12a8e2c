import type { LicenceService } from '../services/licence-service'
import { handle } from './handle'

/** Answers `licence:*`. */
export function registerLicenceIpc(licence: LicenceService): void {
  handle('licence:get', ({ serverId }) => licence.get(serverId))
  handle('licence:activate', (args) => licence.activate(args))
}
