import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The checkout's own folder; every script works the same from wherever it is started. */
export const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))))

/** Where set-up keeps what is neither source nor an npm package. */
export const runtimeFolder = join(root, '.runtime')

/** @param {...string} parts */
export const inRoot = (...parts) => join(root, ...parts)

/** @param {...string} parts */
export const inRuntime = (...parts) => join(runtimeFolder, ...parts)
