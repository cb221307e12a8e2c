import { app, utilityProcess } from 'electron'
import { fileLimits } from '@shared/limits/files'
import { localeArgument } from '@shared/format/locale'
import type { FilesChild } from './file-process'

/** Starts the built program `out/main/files.js`, which reads files apart from the app. */
export const forkFiles = (entry: string): FilesChild =>
  utilityProcess.fork(entry, [localeArgument + app.getSystemLocale(), String(fileLimits.processMegabytes)], {
    serviceName: 'PBX Fleet file reader',
    stdio: 'ignore',
  })
