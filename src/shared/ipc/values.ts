export interface AppInfo {
  readonly name: string
  readonly version: string
  readonly electron: string
  readonly chrome: string
  readonly node: string
  readonly platform: string
  readonly packaged: boolean
}

/**
 * `ok`: secrets go to the OS keychain. `memory`: the person agreed that they are kept for this run only. `unavailable`: nothing is kept
 * until the person agrees; `message` says why and `hint` what can be done.
 */
export interface KeychainStatus {
  readonly state: 'ok' | 'memory' | 'unavailable'
  readonly message: string
  readonly hint: string
}

/** `saved` is false when the person cancelled the dialog. `name` is the file's name without its folder. */
export interface SavedFile {
  readonly saved: boolean
  readonly name: string
}

export interface WorkspaceImport {
  readonly imported: boolean
  readonly added: number
  /** Names of servers that were already there, by address and user name. */
  readonly skipped: readonly string[]
}

/** `folder` is shown to the person, never taken back from the window. */
export interface LibraryInfo {
  readonly folder: string
  readonly isDefault: boolean
  readonly problem?: string
}
