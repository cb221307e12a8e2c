import { createHash } from 'node:crypto'
import type { FileHandle } from 'node:fs/promises'
import { diskError } from '../../storage/disk-error'

/** Bytes are handed to the disk in pieces of this size. */
const pieceBytes = 256 * 1024

/** Writes to a file and hashes what it writes; a write that the disk refuses becomes a FleetError `disk`. */
export class HashingSink {
  bytes = 0
  private readonly hash = createHash('sha256')
  private pending: Buffer[] = []
  private pendingBytes = 0

  constructor(
    private readonly handle: FileHandle,
    private readonly file: string,
  ) {}

  async write(data: string | Uint8Array): Promise<void> {
    const piece = typeof data === 'string' ? Buffer.from(data, 'utf8') : Buffer.from(data)
    this.pending.push(piece)
    this.pendingBytes += piece.length
    if (this.pendingBytes >= pieceBytes) await this.flush()
  }

  /** Writes what is pending and returns the hash of all, in lower-case hex. */
  async end(): Promise<string> {
    await this.flush()
    return this.hash.digest('hex')
  }

  private async flush(): Promise<void> {
    const piece = Buffer.concat(this.pending, this.pendingBytes)
    this.pending = []
    this.pendingBytes = 0
    this.hash.update(piece)
    try {
      for (let at = 0; at < piece.length;) at += (await this.handle.write(piece, at)).bytesWritten
    } catch (error) {
      throw diskError(error, this.file)
    }
    this.bytes += piece.length
  }
}
