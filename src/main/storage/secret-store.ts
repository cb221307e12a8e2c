/**
 * Where secrets are kept, by account. An implementation fails with FleetError `keychain` when it cannot do what it was asked, and never keeps anything in
 * a plain file.
 */
export interface SecretStore {
  /** Undefined where there is no entry, also when it was deleted by hand. */
  get(account: string): Promise<string | undefined>
  set(account: string, secret: string): Promise<void>
  /** An entry that is not there is no error. */
  delete(account: string): Promise<void>
}
