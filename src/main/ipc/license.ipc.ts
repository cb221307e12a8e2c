import type { LicenseService } from '../services/license-service'
import { handle } from './handle'

/** Handles `license:*`. */
export function registerLicenseIpc(license: LicenseService): void {
  handle('license:get', ({ serverId }) => license.get(serverId))
  handle('license:activate', (args) => license.activate(args))
}
