import { z } from 'zod'
import { JsonStore } from '../../storage/json-store'
import { Listeners } from '../listeners'

const fileSchema = z.object({
  version: z.literal(1),
  /** The keychain has responded, or was locked, in this profile: without one nothing can remain in it. */
  used: z.boolean(),
  accounts: z.array(z.string().max(100)).readonly(),
})
type UndeletedFile = z.infer<typeof fileSchema>

export const undeletedStore = (file: string): JsonStore<UndeletedFile> =>
  new JsonStore({ file, schema: fileSchema, version: 1, empty: { version: 1, used: false, accounts: [] } })

/**
 * Accounts of the keychain whose entry must no longer be used and could not be deleted: by name, never with a secret.
 * With a store, they are remembered over a restart.
 */
export class UndeletedSecrets {
  private readonly changed = new Listeners<[account: string]>()
  private readonly names: Set<string>
  private used: boolean

  constructor(
    private readonly store?: JsonStore<UndeletedFile>,
    private readonly report: (what: string, error?: unknown) => void = () => undefined,
  ) {
    const lastGood = store?.problem?.lastGood?.value
    // Of a damaged file the earlier state counts: deleting too much costs a password, too little a sign-in with a wrong one.
    const files = [store?.value, lastGood].flatMap((file) => file ?? [])
    this.names = new Set(files.flatMap(({ accounts }) => accounts))
    this.used = files.some(({ used }) => used)
  }

  get accounts(): readonly string[] {
    return [...this.names]
  }

  has(account: string): boolean {
    return this.names.has(account)
  }

  /** Resolves when it is on disk. Does nothing if there was never a keychain. */
  async add(account: string): Promise<void> {
    if (!this.used || this.names.has(account)) return
    this.names.add(account)
    await this.save(account)
  }

  async remove(account: string): Promise<void> {
    if (this.names.delete(account)) await this.save(account)
  }

  /** There is a keychain. */
  noteUsed(): void {
    if (this.used) return
    this.used = true
    void this.save(undefined)
  }

  onChange(listener: (account: string) => void): () => void {
    return this.changed.add(listener)
  }

  /** Resolves when nothing remains to be saved. */
  async settled(): Promise<void> {
    await this.store?.settled()
  }

  private async save(account: string | undefined): Promise<void> {
    if (account !== undefined) void this.changed.notify(account)
    const write = (): UndeletedFile => ({ version: 1, used: this.used, accounts: this.accounts })
    await this.store
      ?.update(write)
      .catch((error: unknown) => this.report('names of keychain entries to delete not saved', error))
  }
}
