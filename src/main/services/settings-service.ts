import { defaultSettings } from '@shared/domain/default-settings'
import { settingsSchema, type Settings, type SettingsPatch } from '@shared/domain/settings'
import { JsonStore, type StoreProblem } from '../storage/json-store'
import { Listeners } from './listeners'

/** A settings change in main; `libraryFolder: undefined` restores the default folder. */
export type MainSettingsPatch = SettingsPatch | { readonly libraryFolder?: string | undefined }

/** The settings file. */
export const settingsStore = (file: string): JsonStore<Settings> =>
  new JsonStore({ file, schema: settingsSchema, version: 1, empty: defaultSettings })

/** The app settings. A damaged file is renamed, and the defaults apply. Errors: FleetError `disk`. */
export class SettingsService {
  private readonly changed = new Listeners<[settings: Settings]>()

  constructor(private readonly store: JsonStore<Settings>) {}

  get(): Settings {
    return this.store.value
  }

  /** Why the file was not used, for the log. */
  get problem(): StoreProblem<Settings> | undefined {
    return this.store.problem
  }

  async patch(patch: MainSettingsPatch): Promise<Settings> {
    const settings = await this.store.update((current) => {
      const merged = Object.entries({ ...current, ...patch }).filter(([, value]) => value !== undefined)
      return settingsSchema.parse(Object.fromEntries(merged))
    })
    void this.changed.notify(settings)
    return settings
  }

  onChange(listener: (settings: Settings) => void): () => void {
    return this.changed.add(listener)
  }

  /** Resolves when nothing remains to be saved. */
  settled(): Promise<void> {
    return this.store.settled()
  }
}
