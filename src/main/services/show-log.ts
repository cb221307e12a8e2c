import { shell } from 'electron'
import type { AppLog } from './log'

/** Shows the log file in its folder. A line is written first, because the file may not exist yet. */
export async function showLog(log: AppLog): Promise<void> {
  await log.info('log file shown')
  shell.showItemInFolder(log.file)
}
