export interface AppInfo {
  readonly name: string
  readonly version: string
  readonly electron: string
  readonly chrome: string
  readonly node: string
  readonly platform: string
  readonly packaged: boolean
  /** Whether this system shows notifications of apps. */
  readonly canNotify: boolean
}

/**
 * `ok`: secrets are stored in the OS keychain. `memory`: the user agreed to keep them in memory for this run.
 * `unavailable`: nothing is stored until the user agrees; `message` has the reason and `hint` what to do next.
 */
export interface KeychainStatus {
  /** `locked`: it does not respond, as while it waits to be unlocked; secrets in it remain. */
  readonly state: 'ok' | 'memory' | 'locked' | 'unavailable'
  readonly message: string
  readonly hint: string
  /** Number of entries that were to be deleted and remain, also of servers that were removed. None is used. */
  readonly undeleted?: number
}

/** `saved` is false if the user canceled the dialog. `name` is the file name without its folder. */
export interface SavedFile {
  readonly saved: boolean
  readonly name: string
}

export interface WorkspaceImport {
  readonly imported: boolean
  readonly added: number
  /** Names of servers that already existed, by address and username. */
  readonly skipped: readonly string[]
}

/** `folder` is only shown; the window never sends one. */
export interface LibraryInfo {
  readonly folder: string
  readonly isDefault: boolean
  readonly problem?: string
}
