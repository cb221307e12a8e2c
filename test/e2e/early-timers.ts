import type { FleetApp } from './fleet-app'

type Main = typeof globalThis & { waiting?: { readonly timer: NodeJS.Timeout; readonly run: () => void }[] }

/**
 * Returns what lets the timers of this length (milliseconds) that main starts from now on expire early. Changes main, so the app must not be one that
 * other tests use.
 */
export async function earlyTimers({ app }: FleetApp, length: number): Promise<() => Promise<void>> {
  await app.evaluate((_, wanted) => {
    const main: Main = globalThis
    const start = setTimeout
    const waiting: NonNullable<Main['waiting']> = (main.waiting = [])
    const startTimer = (run: () => void, ms?: number): NodeJS.Timeout => {
      const timer = start(run, ms)
      if (ms === wanted) waiting.push({ timer, run })
      return timer
    }
    Object.assign(main, { setTimeout: startTimer })
  }, length)
  return () =>
    app.evaluate(() => {
      for (const { timer, run } of (globalThis as Main).waiting?.splice(0) ?? []) {
        clearTimeout(timer)
        run()
      }
    })
}
