import type { ServerId } from './server'

/** What happens to one row of a password manager's file. Only `ready` rows are stored. */
export type PasswordRowState =
  | 'ready'
  /** No server of the workspace has this address. */
  | 'no-server'
  /** The server is used with another username. */
  | 'other-username'
  /** Several servers have this address, or several rows are for this server. */
  | 'ambiguous'
  | 'no-password'
  /** The row cannot be read. */
  | 'problem'

/** A row of the file; the password never leaves the main process. */
export interface PasswordRow {
  /** The row's place in a spreadsheet, the first row being 1. */
  readonly line: number
  readonly address: string
  readonly username: string
  readonly state: PasswordRowState
  readonly serverId?: ServerId
  readonly serverName?: string
  readonly reason?: string
}

/** The preview of a password manager's file. */
export interface PasswordFile {
  readonly importId: string
  readonly file: string
  readonly rows: readonly PasswordRow[]
  /** How many rows are stored. */
  readonly ready: number
}

export interface SavedPasswords {
  readonly saved: number
  /** Servers whose password the keychain did not take, with the reason. */
  readonly failed: readonly { readonly serverName: string; readonly message: string }[]
}
