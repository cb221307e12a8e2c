import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import { appFolder } from './fleet-app'

const project = join(import.meta.dirname, '..', '..')

/** Builds if a source changed since the last build, whichever way the tests were started: none passes on old code. */
export default function currentBuild(): void {
  if (process.env['PBX_FLEET_APP_FOLDER'] !== undefined && appFolder !== project) return
  execFileSync(process.execPath, [join(project, 'build', 'build.mjs'), '--if-changed'], { stdio: 'inherit' })
}
