import { createHash } from 'node:crypto'
import { realTiming, type Timing } from '../portsip/token-bucket'

/** The part of Electron's clipboard that is used. */
export interface Clipboard {
  readText(): Promise<string>
  writeText(text: string): Promise<void>
  clear(): void
}

/** Seconds until a copied secret is removed from the clipboard. */
export const clipboardSeconds = 60

const digest = (text: string): string => createHash('sha256').update(text).digest('hex')

/**
 * Copies secrets to the clipboard and removes them after a minute or when the app ends, unless something else was
 * copied.
 */
export class SecretClipboard {
  /** Digest of the copied text, to recognize it. */
  private copiedDigest: string | undefined
  private cancelTimer: (() => void) | undefined

  constructor(
    private readonly clipboard: Clipboard,
    private readonly timing: Pick<Timing, 'after'> = realTiming,
  ) {}

  async copy(text: string): Promise<void> {
    await this.clipboard.writeText(text)
    this.cancelTimer?.()
    this.copiedDigest = digest(text)
    this.cancelTimer = this.timing.after(clipboardSeconds * 1000, () => void this.clear().catch(() => undefined))
  }

  /** Clears the clipboard now if it still contains the copied secret. */
  async clear(): Promise<void> {
    this.cancelTimer?.()
    this.cancelTimer = undefined
    const { copiedDigest } = this
    this.copiedDigest = undefined
    if (copiedDigest !== undefined && digest(await this.clipboard.readText()) === copiedDigest) this.clipboard.clear()
  }
}
