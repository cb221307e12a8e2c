import type { KeychainService } from '../services/session/keychain-service'
import { handle } from './handle'

/** Handles `keychain:*`; changes are pushed as `keychain:changed`. */
export function registerKeychainIpc({ keychain }: { readonly keychain: KeychainService }): void {
  handle('keychain:status', () => keychain.status())
  handle('keychain:useMemory', () => keychain.useMemory())
}
