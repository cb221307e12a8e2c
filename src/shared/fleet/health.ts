import { isTrusted, pinOf } from '../domain/pins'
import type { ServerRecord } from '../domain/server'
import type { SessionState } from '../domain/session'
import { localClock, sinceText } from '../format/time'
import type { StoredFacts } from './facts'

/** The states of a server, with the label of each as a group. */
export const fleetStates = {
  unreachable: 'Unreachable',
  blocked: 'Blocked',
  'action-required': 'Action required',
  'not-checked': 'Not checked',
  'signed-out': 'Signed out',
  connecting: 'Connecting',
  'signed-in': 'Signed in',
  paused: 'Paused',
} as const
export type FleetState = keyof typeof fleetStates

type HealthTone = 'ok' | 'busy' | 'ask' | 'bad' | 'off'

/** The state of a server as shown everywhere: tone, label and, where known, the reason. */
export interface Health {
  readonly state: FleetState
  readonly tone: HealthTone
  readonly label: string
  readonly reason?: string
}

type ServerPart = Partial<Pick<ServerRecord, 'paused' | 'pin' | 'secondPin' | 'activeAddress'>>
type FactsPart = Pick<StoredFacts, 'certificate'> | undefined

const unreachable = ({ unreachable: outage, error }: SessionState): Health => {
  const reason = (outage?.error ?? error)?.message
  return {
    state: 'unreachable',
    tone: 'bad',
    label: outage ? `Unreachable since ${sinceText(outage.since)}` : 'Unreachable',
    ...(reason !== undefined && { reason }),
  }
}

const actionRequired = (tone: 'ask' | 'bad', label: string): Health => ({ state: 'action-required', tone, label })

/** Whether the certificate that was read last is not the trusted one. */
const hasOtherCertificate = (server: ServerPart, facts: FactsPart): boolean =>
  pinOf(server) !== undefined &&
  facts?.certificate !== undefined &&
  !isTrusted(server, facts.certificate.fingerprint256)

/**
 * A server that does not respond is unreachable, also while it is signed in or waits for credentials. A certificate that
 * changed stays a problem until somebody decides about it, also if nobody is connecting.
 */
export function health(session: SessionState, server: ServerPart = {}, facts?: FactsPart): Health {
  if (server.paused && session.phase !== 'connecting') return { state: 'paused', tone: 'off', label: 'Paused' }
  switch (session.phase) {
    case 'connecting':
      return { state: 'connecting', tone: 'busy', label: 'Connecting' }
    case 'untrusted':
      return session.pinned
        ? actionRequired('bad', 'Certificate changed')
        : actionRequired('ask', 'Certificate not trusted')
    case 'denied':
      return {
        state: 'blocked',
        tone: 'bad',
        label: session.deniedUntil ? `Blocked until ${localClock(session.deniedUntil)}` : 'Blocked',
      }
    case 'unreachable':
      return unreachable(session)
    case 'signed-out':
      if (session.unreachable) return unreachable(session)
      if (hasOtherCertificate(server, facts)) return actionRequired('bad', 'Certificate changed')
      return session.lastSeen === undefined
        ? { state: 'not-checked', tone: 'off', label: 'Not checked' }
        : { state: 'signed-out', tone: 'off', label: 'Signed out' }
    case 'signed-in':
      return session.unreachable ? unreachable(session) : { state: 'signed-in', tone: 'ok', label: 'Signed in' }
    case 'needs-password':
      return session.unreachable ? unreachable(session) : actionRequired('ask', 'Password required')
    case 'needs-otp':
      return session.unreachable ? unreachable(session) : actionRequired('ask', 'Verification code required')
  }
}

/** One line of a server's state: `Unreachable since 12:04: Connection refused`. */
export const healthText = ({ label, reason }: Health): string => (reason === undefined ? label : `${label}: ${reason}`)
