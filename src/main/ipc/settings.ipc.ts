import type { SettingsService } from '../services/settings-service'
import { handle } from './handle-shell'

/** Handles `settings:*`. */
export function registerSettingsIpc({ settings }: { readonly settings: SettingsService }): void {
  handle('settings:get', () => settings.get())
  handle('settings:patch', (patch) => settings.patch(patch))
}
