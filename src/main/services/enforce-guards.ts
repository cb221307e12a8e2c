import { overrideWord, type Confirmation, type Guard } from '@shared/domain/write'
import { FleetError } from '@shared/ipc/result'

/** Stops a write that would do harm, unless the override word was typed. */
export function enforceGuards(guards: readonly Guard[], confirmation: Pick<Confirmation, 'override'>): void {
  if (guards.length === 0 || confirmation.override === overrideWord) return
  throw new FleetError({
    code: 'guarded',
    message: guards.map((guard) => guard.message).join(' '),
    hint: `To do it all the same, type ${overrideWord}.`,
  })
}
