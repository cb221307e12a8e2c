import type { ServerRecord } from '@shared/domain/server'
import type { Confirmation } from '@shared/domain/write'
import { FleetError } from '@shared/ipc/result'
import { isTyped } from '@shared/text/same-text'

/**
 * Throws if the confirmation does not satisfy the server's protection level. Every write is checked here in main,
 * whatever the window has shown.
 */
export function enforceProtection(
  server: Pick<ServerRecord, 'name' | 'protection'>,
  confirmation: Pick<Confirmation, 'acknowledged' | 'typedName'>,
): void {
  switch (server.protection) {
    case 'open':
      return
    case 'ask':
      if (confirmation.acknowledged) return
      throw new FleetError({
        code: 'confirmation-required',
        message: `Changes on ${server.name} must be confirmed`,
        hint: 'Confirm the change and send it again.',
      })
    case 'type-name':
      if (isTyped(confirmation.typedName, server.name)) return
      throw new FleetError({
        code: 'confirmation-required',
        message: `The typed name is not ${server.name}`,
        hint: 'Type the name of the server exactly as it is shown.',
      })
    case 'read-only':
      throw new FleetError({
        code: 'read-only',
        message: `${server.name} is read-only`,
        hint: 'To make changes, change its protection level.',
      })
  }
}

/**
 * For writes that interrupt a service immediately: the server's name must be typed at every level, and read-only
 * remains read-only.
 */
export const enforceTypedName = (
  server: Pick<ServerRecord, 'name' | 'protection'>,
  confirmation: Pick<Confirmation, 'acknowledged' | 'typedName'>,
): void =>
  enforceProtection(
    { name: server.name, protection: server.protection === 'read-only' ? 'read-only' : 'type-name' },
    confirmation,
  )
