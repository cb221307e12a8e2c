import { open, type FileHandle } from 'node:fs/promises'

/** What the journal does to the disk; tests count it, and make it fail. */
export interface JournalDisk {
  open(path: string): Promise<FileHandle>
  write(file: FileHandle, data: Buffer): Promise<void>
  /** Resolves once what was written survives a loss of power. */
  sync(file: FileHandle): Promise<void>
}

/** Names of customers, addresses and users: for this account's eyes only. */
const mode = 0o600

export const realDisk: JournalDisk = {
  open: (path) => open(path, 'a', mode),
  write: (file, data) => file.appendFile(data),
  sync: (file) => file.sync(),
}
