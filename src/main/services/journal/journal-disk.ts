import { open, type FileHandle } from 'node:fs/promises'

/** Disk operations of the journal; tests count them and make them fail. */
export interface JournalDisk {
  open(path: string): Promise<FileHandle>
  write(file: FileHandle, data: Buffer): Promise<void>
  /** Resolves once the data survive a power failure. */
  sync(file: FileHandle): Promise<void>
}

/** Contains names of customers, addresses and users, so only this account may read it. */
const mode = 0o600

export const realDisk: JournalDisk = {
  open: (path) => open(path, 'a', mode),
  write: (file, data) => file.appendFile(data),
  sync: (file) => file.sync(),
}
