import { FleetError } from '@shared/ipc/result'

/** Whether an error says that what was asked for does not exist. */
export const isGone = (error: unknown): boolean =>
  error instanceof FleetError && (error.detail.code === 'not-found' || error.detail.status === 404)
