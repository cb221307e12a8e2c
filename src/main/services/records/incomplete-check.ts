import { FleetError } from '@shared/ipc/result'
import type { Guard } from '@shared/domain/write'

/** The guard of a safety check that could not read all it compares with; none if it could. `risk` is what it may have missed. */
export function incompleteGuards(reason: FleetError | string | undefined, risk: string): readonly Guard[] {
  if (reason === undefined) return []
  const why = reason instanceof FleetError ? `${reason.detail.message}.` : reason
  return [
    { kind: 'incomplete-check', message: `The safety check could not be completed. ${why} ${risk}`, addresses: [] },
  ]
}
