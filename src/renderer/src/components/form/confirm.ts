import type { Protection } from '@shared/domain/server'
import { isTyped } from '@shared/text/same-text'
import { visibleText } from '@shared/domain/visible-text'
import { isOverridden, overrideOf, type Confirmation, type Guard } from '@shared/domain/write'

export const nothingConfirmed: Confirmation = { acknowledged: false, typedName: '', override: '', note: '' }

/** The label of a typed ticket or note, for what would be lost. The rest of a confirmation is typed for each attempt. */
export const typedNote = (note: string | undefined): readonly string[] =>
  (note ?? '').trim() === '' ? [] : ['Ticket or note']

/** For another review: only the note stays. */
export const toConfirmAgain = ({ note }: Confirmation): Confirmation => ({ ...nothingConfirmed, note })

/** What is typed above first if safety checks failed; empty if they did not or are overridden. */
export const missingOverride = (guards: readonly Guard[], override: string): string =>
  isOverridden(guards, override) ? '' : `Type ${visibleText(overrideOf(guards))} above first`

export const missingCheck = 'Select the check box above first'

/** What a write still needs as the protection level requires; empty if it is confirmed. Main checks the same again. */
export function missingConfirmation(
  server: { readonly name: string; readonly protection: Protection },
  guards: readonly Guard[],
  { override, acknowledged, typedName }: Confirmation,
): string {
  if (server.protection === 'read-only') return 'This server is read-only'
  const missing = missingOverride(guards, override)
  if (missing !== '') return missing
  if (server.protection === 'ask' && !acknowledged) return missingCheck
  if (server.protection === 'type-name' && !isTyped(typedName, server.name))
    return `Type the name of the server, ${visibleText(server.name)}, above first`
  return ''
}
