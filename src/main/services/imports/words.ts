import { FleetError } from '@shared/ipc/result'

export const importClosed = (): FleetError =>
  new FleetError({ code: 'not-found', message: 'This import is no longer open', hint: 'Select the file again.' })
