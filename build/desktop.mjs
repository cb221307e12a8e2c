import { once } from 'node:events'
import { startDesktop } from './lib/desktop.mjs'
import { runMain } from './lib/main.mjs'

/**
 * Starts a display, a clipboard, a keyring and folders for one test worker. Prints their environment as one line of
 * JSON, and ends with its standard input, so that nothing remains when the worker is killed.
 */
await runMain(async () => {
  const desktop = await startDesktop({ keyring: true, ownDisplay: true })
  try {
    console.log(JSON.stringify(desktop.env))
    await once(process.stdin.resume(), 'end')
  } finally {
    await desktop.stop()
  }
})
