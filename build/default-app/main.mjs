import { existsSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { app } from 'electron'

/**
 * Does what `electron FOLDER` does in an official build, for the registry's build, which lacks it: sets the app's name,
 * version and path, loads the modules given with -r, and imports the app's main file before Electron is ready.
 */
const args = process.argv.slice(1)
const modules = []
let folder
for (let index = 0; index < args.length && folder === undefined; index++) {
  const arg = args[index]
  if (arg === '-r' || arg === '--require') modules.push(args[++index])
  else if (!arg.startsWith('-')) folder = resolve(arg)
}

const require = createRequire(join(process.cwd(), 'default-app.js'))
for (const module of modules) require(module)

if (folder === undefined) {
  process.stderr.write('Usage: electron [-r MODULE] FOLDER\n')
  app.exit(1)
} else {
  const manifestFile = join(folder, 'package.json')
  const manifest = existsSync(manifestFile) ? JSON.parse(readFileSync(manifestFile, 'utf8')) : {}
  Object.defineProperty(process, 'defaultApp', { configurable: false, enumerable: true, value: true })
  if (manifest.version) app.setVersion(manifest.version)
  if (manifest.productName ?? manifest.name) app.name = manifest.productName ?? manifest.name
  const main = existsSync(manifestFile) ? resolve(folder, manifest.main ?? 'index.js') : folder
  app.setAppPath(existsSync(manifestFile) ? folder : resolve(folder, '..'))
  await import(pathToFileURL(main).href)
}
