import type { AddressChoice, ServerId } from '@shared/domain/server'
import type { SessionState } from '@shared/domain/session'
import type { UnconfirmedChange } from './unconfirmed-change'
import type { StatePatch } from './failure-state'
import type { Link } from './link'
import type { ServerSecrets } from './server-secrets'

interface StateParts {
  readonly id: ServerId
  readonly patch: StatePatch & Pick<SessionState, 'passwordStored'>
  readonly address: AddressChoice
  readonly attempts: { readonly count: (address: AddressChoice) => number }
  readonly flow: {
    readonly codeSentAt: string | undefined
    readonly owner: { readonly isVerified: (token: string) => boolean }
  }
  readonly tokens: { readonly current: { readonly access: string } | undefined }
  readonly ownAccount: { readonly unconfirmed: UnconfirmedChange | undefined }
  readonly link: Pick<Link, 'lastSeen' | 'waitUntil' | 'unreachable'>
  readonly secrets: Pick<ServerSecrets, 'isInMemory' | 'undeleted'>
}

/** The state for the window, from the session, its connection and its account. */
export function sessionState({
  id,
  patch,
  address,
  attempts,
  flow: { codeSentAt, owner },
  tokens: { current },
  ownAccount: { unconfirmed: doubt },
  link,
  secrets: { isInMemory, undeleted },
}: StateParts): SessionState {
  const { lastSeen, waitUntil, unreachable } = link
  return {
    ...patch,
    serverId: id,
    address,
    failures: attempts.count(address),
    ...(patch.phase === 'signed-in' && current && !owner.isVerified(current.access) && { isUnverified: true as const }),
    ...(patch.phase === 'needs-otp' && codeSentAt && { codeSentAt }),
    ...(doubt && { unconfirmed: doubt.view }),
    ...(unreachable && { unreachable }),
    ...(lastSeen && { lastSeen }),
    ...(waitUntil && { waitUntil }),
    ...(patch.passwordStored && isInMemory && { passwordInMemory: true as const }),
    ...(undeleted.length > 0 && { undeleted }),
  }
}
