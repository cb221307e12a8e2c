import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The folder of the checkout, so that every script works from any folder. */
export const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))))

/** Folder for files of the setup that are neither sources nor npm packages. */
export const runtimeFolder = join(root, '.runtime')

/** @param {...string} parts */
export const inRoot = (...parts) => join(root, ...parts)

/** @param {...string} parts */
export const inRuntime = (...parts) => join(runtimeFolder, ...parts)
