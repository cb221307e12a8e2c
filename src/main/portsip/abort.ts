import { FleetError } from '@shared/ipc/result'

export const cancelled = (): FleetError => new FleetError({ code: 'cancelled', message: 'Cancelled' })

/** The error with which a signal was aborted; `cancelled` if its reason is no FleetError. */
export const abortReason = (signal: AbortSignal): FleetError =>
  signal.reason instanceof FleetError ? signal.reason : cancelled()

export function throwIfAborted(signal: AbortSignal | undefined): void {
  if (signal?.aborted) throw abortReason(signal)
}
