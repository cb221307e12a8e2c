import { FleetError } from '@shared/ipc/result'

export const cancelled = (): FleetError => new FleetError({ code: 'cancelled', message: 'Cancelled' })

/** What an aborted signal's owner meant; anything that is no FleetError becomes `cancelled`. */
export const abortReason = (signal: AbortSignal): FleetError =>
  signal.reason instanceof FleetError ? signal.reason : cancelled()

export function throwIfAborted(signal: AbortSignal | undefined): void {
  if (signal?.aborted) throw abortReason(signal)
}
