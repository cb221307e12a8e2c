import { createInterface } from 'node:readline'
import { chromium, type Browser, type Page } from 'playwright'
import { expect } from 'playwright/test'

/** A program that was started with `--remote-debugging-port=0`, driven through that port and let go of again. */
export class ChromiumPort {
  private browser: Browser | undefined

  private constructor(private readonly endpoint: string) {}

  /** Reads from what the program prints where the port is. */
  static async of(stderr: NodeJS.ReadableStream): Promise<ChromiumPort> {
    const endpoint = await new Promise<string>((resolve, reject) => {
      const lines = createInterface({ input: stderr })
      lines.on('line', (line) => {
        const found = /DevTools listening on (ws:\S+)/.exec(line)?.[1]
        if (found !== undefined) resolve(found)
      })
      lines.once('close', () => reject(new Error('The program ended before its window could be reached')))
    })
    return new ChromiumPort(endpoint)
  }

  /** Waits until the window is called so, which needs no answer of its page. */
  async isTitled(text: string): Promise<void> {
    const titles = async (): Promise<readonly string[]> => {
      const targets = await fetch(`http://${new URL(this.endpoint).host}/json/list`)
      return ((await targets.json()) as readonly { readonly title: string }[]).map(({ title }) => title)
    }
    await expect.poll(titles).toContainEqual(expect.stringContaining(text))
  }

  /** The page of the window. Attaching while its document is being committed may wait for ever: its title says that it is there. */
  async attach(): Promise<Page> {
    await this.isTitled('PBX Fleet')
    this.browser = await chromium.connectOverCDP(this.endpoint)
    const [context] = this.browser.contexts()
    if (context === undefined) throw new Error('The program has no window')
    return context.pages()[0] ?? (await context.waitForEvent('page'))
  }

  async detach(): Promise<void> {
    await this.browser?.close()
  }
}
