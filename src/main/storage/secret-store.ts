import { FleetError } from '@shared/ipc/result'

/** The keychain does not respond. The call continues: `late` settles when somebody unlocks the keychain. */
export class LockedError extends FleetError {
  constructor(
    message: string,
    hint: string,
    readonly late: Promise<unknown>,
  ) {
    super({ code: 'keychain', message, hint })
  }

  /** The same error for a call that was not made. */
  again(): FleetError {
    return new FleetError(this.detail)
  }
}

/** Stores secrets by account. Throws FleetError `keychain` on failure, and never writes anything to a plain file. */
export interface SecretStore {
  /** Undefined if there is no entry, also if it was deleted by hand. */
  get(account: string): Promise<string | undefined>
  set(account: string, secret: string): Promise<void>
  /** Does not fail if there is no entry. */
  delete(account: string): Promise<void>
}
