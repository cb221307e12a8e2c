import { FleetError } from '@shared/ipc/result'

/** What rows from the clipboard have as the name of their file. */
export const copiedName = 'Clipboard'

export const importClosed = (): FleetError =>
  new FleetError({ code: 'not-found', message: 'This import is no longer open', hint: 'Select the file again.' })
