import { shell } from 'electron'
import type { AppLog } from './log'

/** Opens the folder of the log with the file chosen. A line is written first: there is no file before the first one. */
export async function showLog(log: AppLog): Promise<void> {
  await log.info('log file shown')
  shell.showItemInFolder(log.file)
}
