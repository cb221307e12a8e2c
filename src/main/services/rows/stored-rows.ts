import { createHash, randomBytes } from 'node:crypto'
import type { ServerId } from '@shared/domain/server'
import type { SecretStore } from '../../storage/secret-store'
import { removeRowFiles, type Accounts } from './row-files'
import type { RowReader } from './row-reader'
import type { Rows } from './rows-host'

interface StoredRowsDeps {
  readonly folder: string
  readonly secrets: SecretStore
  readonly rows: Pick<Rows, 'restore'>
  readonly reader: Pick<RowReader, 'restored' | 'forget'>
  /** The account of each server of the workspace. */
  readonly accounts: () => Accounts
  readonly after: (ms: number, run: () => void) => unknown
}

const retryMs = 30_000

const keyLength = 32

/** One account per folder, so that a copied profile does not share its key. */
const accountOf = (folder: string): string => `rows:${createHash('sha256').update(folder).digest('hex').slice(0, 32)}`

/** The key of the stored rows; made with the first use. Errors: FleetError `keychain`. */
async function keyOf(secrets: SecretStore, folder: string): Promise<Buffer> {
  const account = accountOf(folder)
  const stored = Buffer.from((await secrets.get(account)) ?? '', 'base64')
  if (stored.length === keyLength) return stored
  const made = randomBytes(keyLength)
  await secrets.set(account, made.toString('base64'))
  return made
}

/** Rows that were read in earlier runs of the app. Without a keychain, nothing is stored. */
export class StoredRows {
  private restoring: Promise<void> | undefined
  private forgetting: Promise<void> = Promise.resolve()

  constructor(private readonly deps: StoredRowsDeps) {}

  /** Reads them into the thread, once for each thread. */
  restore(): Promise<void> {
    // What is being forgotten must not come back from its file.
    this.restoring ??= this.forgetting.then(() => this.restoreNow()).catch(() => this.retryLater())
    return this.restoring
  }

  /** The thread has ended with all rows. */
  threadEnded(): void {
    this.restoring = undefined
  }

  /** Drops what was read of these servers, in this run and before. */
  forget(serverIds: readonly ServerId[]): Promise<void> {
    const forgotten = Promise.all([this.forgetting, this.restoring]).then(() => this.forgetNow(serverIds))
    this.forgetting = forgotten.catch(() => undefined)
    return forgotten
  }

  private async forgetNow(serverIds: readonly ServerId[]): Promise<void> {
    await this.deps.reader.forget(serverIds)
    await removeRowFiles(this.deps.folder, serverIds)
  }

  /** The keychain may be unlocked later; it is not asked with each letter that is typed. */
  private retryLater(): void {
    this.deps.after(retryMs, () => (this.restoring = undefined))
  }

  private async restoreNow(): Promise<void> {
    const { folder, secrets, rows, reader, accounts } = this.deps
    reader.restored(await rows.restore(folder, await keyOf(secrets, folder), accounts()))
  }
}
