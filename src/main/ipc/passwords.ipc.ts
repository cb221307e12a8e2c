import type { Dialogs } from '../services/dialogs'
import type { PasswordsService } from '../services/passwords/passwords-service'
import { handle } from './handle'

const filters = [{ name: 'CSV', extensions: ['csv'] }]

/** Handles `passwords:*`. */
export function registerPasswordsIpc(passwords: PasswordsService, dialogs: Pick<Dialogs, 'openFile'>): void {
  handle('passwords:choose', async () => {
    const path = await dialogs.openFile({ title: 'Import passwords from a CSV file', filters })
    return path === undefined ? null : passwords.open(path)
  })
  handle('passwords:save', ({ importId }) => passwords.save(importId))
  handle('passwords:close', () => {
    passwords.close()
    return null
  })
}
