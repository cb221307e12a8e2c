import { isOverridden, overrideOf, type Confirmation, type Guard } from '@shared/domain/write'
import { FleetError } from '@shared/ipc/result'

/** Blocks a write that would do harm, unless the override word was typed. */
export function enforceGuards(guards: readonly Guard[], confirmation: Pick<Confirmation, 'override'>): void {
  if (isOverridden(guards, confirmation.override)) return
  throw new FleetError({
    code: 'guarded',
    message: guards.map((guard) => guard.message).join(' '),
    hint: `Type ${overrideOf(guards)} to continue anyway.`,
  })
}
