import type { Protection } from '@shared/domain/server'
import { isTyped } from '@shared/text/same-text'
import { isOverridden, type Confirmation, type Guard } from '@shared/domain/write'

export const nothingConfirmed: Confirmation = { acknowledged: false, typedName: '', override: '', note: '' }

/** For another review: only the note stays. */
export const toConfirmAgain = ({ note }: Confirmation): Confirmation => ({ ...nothingConfirmed, note })

/** Whether a write is confirmed as the protection level requires. Main checks the same again. */
export function isConfirmed(
  server: { readonly name: string; readonly protection: Protection },
  guards: readonly Guard[],
  confirmation: Confirmation,
): boolean {
  if (!isOverridden(guards, confirmation.override)) return false
  switch (server.protection) {
    case 'open':
      return true
    case 'ask':
      return confirmation.acknowledged
    case 'type-name':
      return isTyped(confirmation.typedName, server.name)
    case 'read-only':
      return false
  }
}
