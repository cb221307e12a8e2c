import { FleetError } from '@shared/ipc/result'

/** True if the error says that the requested object does not exist. */
export const isGone = (error: unknown): boolean =>
  error instanceof FleetError && (error.detail.code === 'not-found' || error.detail.status === 404)
