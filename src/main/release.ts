import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { app } from 'electron'
import { acceptedSwitches, refusedSwitches, removeVariables } from './release-rules'

/**
 * True for the packaged program. `app.isPackaged` can be fooled by renaming the executable to `electron`, so the path
 * is checked, too.
 */
export const isRelease = app.isPackaged || /[\\/]app\.asar[\\/]/.test(import.meta.dirname)

/**
 * The build for the smoke test declares in its own package, which cannot be changed from outside, that it accepts all
 * switches.
 */
function isForSmokeTest(): boolean {
  const manifest = JSON.parse(readFileSync(join(app.getAppPath(), 'package.json'), 'utf8')) as { smokeTest?: boolean }
  return manifest.smokeTest === true
}

/**
 * Ends a release that was started with a switch that it does not accept, before Chromium applies it (docs/adr/0012).
 */
export function applyReleaseRules(): void {
  if (!isRelease) return
  removeVariables(process.env)
  const isRoot = process.platform === 'linux' && process.getuid?.() === 0
  const refused = refusedSwitches(process.argv.slice(1), isRoot)
  if (refused.length === 0 || isForSmokeTest()) return
  process.stderr.write(
    `PBX Fleet does not accept ${refused.join(', ')}. Accepted are ${[...acceptedSwitches].join(', ')}.\n`,
  )
  app.exit(1)
}

/** How many times as fast as real time the clock runs: 1, except where the smoke test lets hours pass. */
export const clockRate = (): number =>
  isRelease && isForSmokeTest() ? Number(app.commandLine.getSwitchValue('smoke-test-clock') || 1) : 1
