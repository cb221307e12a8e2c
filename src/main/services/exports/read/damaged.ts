import { FleetError } from '@shared/ipc/result'

/** The file cannot be read as what it says it is; `where` names the place, for example `line 7`. */
export const damaged = (what: string, where?: string): FleetError =>
  new FleetError({
    code: 'damaged',
    message: where === undefined ? `The file cannot be read: ${what}` : `The file cannot be read: ${what} (${where})`,
    hint: 'Get the file from its source again, or export it again.',
  })
