import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { app } from 'electron'
import { accepted, refusedSwitches, removeVariables } from './release-rules'

/** Whether this is the packaged program. Renaming its executable to `electron`, which `app.isPackaged` goes by, makes no difference. */
export const isRelease = app.isPackaged || /[\\/]app\.asar[\\/]/.test(import.meta.dirname)

/** The build for the smoke test states in its own package, which cannot be changed from outside, that it may be driven. */
function isForSmokeTest(): boolean {
  const manifest = JSON.parse(readFileSync(join(app.getAppPath(), 'package.json'), 'utf8')) as { smokeTest?: boolean }
  return manifest.smokeTest === true
}

/** Ends a release that was started with a switch that it does not accept, before Chromium acts on it (docs/adr/0012). */
export function applyReleaseRules(): void {
  if (!isRelease) return
  removeVariables(process.env)
  const isRoot = process.platform === 'linux' && process.getuid?.() === 0
  const refused = refusedSwitches(process.argv.slice(1), isRoot)
  if (refused.length === 0 || isForSmokeTest()) return
  process.stderr.write(`PBX Fleet does not accept ${refused.join(', ')}. Accepted are ${[...accepted].join(', ')}.\n`)
  app.exit(1)
}
