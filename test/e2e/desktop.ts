import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { test as base } from 'playwright/test'

const program = join(import.meta.dirname, '..', '..', 'build', 'desktop.mjs')

export interface Desktop {
  readonly env: Readonly<Record<string, string>>
  stop(): Promise<void>
}

export async function startDesktop(): Promise<Desktop> {
  // A separate process group: Ctrl-C reaches it as the end of its input, in order, and it cleans up.
  const child = spawn(process.execPath, [program], { stdio: ['pipe', 'pipe', 'inherit'], detached: true })
  const ended = once(child, 'close')
  const stop = async (): Promise<void> => {
    child.stdin.end()
    await ended
  }
  for await (const line of createInterface({ input: child.stdout }))
    return { env: JSON.parse(line) as Record<string, string>, stop }
  throw new Error('The desktop of this test worker did not start')
}

/**
 * Gives each worker its own display, clipboard, keyring and folders: tests that run side by side share nothing. On Linux only; elsewhere the
 * configuration allows one worker.
 */
export const test = base.extend<object, { readonly desktop: Desktop['env'] }>({
  desktop: [
    // eslint-disable-next-line no-empty-pattern
    async ({}, use) => {
      const { env, stop } = await startDesktop()
      const before = Object.fromEntries(Object.keys(env).map((name) => [name, process.env[name]]))
      Object.assign(process.env, env)
      await use(env)
      for (const [name, value] of Object.entries(before)) {
        if (value === undefined) delete process.env[name]
        else process.env[name] = value
      }
      await stop()
    },
    { scope: 'worker', auto: true },
  ],
})
