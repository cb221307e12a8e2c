import type { SessionState } from '@shared/domain/session'
import { localClock, sinceText } from '@shared/format/time'

type HealthTone = 'ok' | 'busy' | 'ask' | 'bad' | 'off'

/** The state of a server as shown everywhere: tone, label and, where known, the reason. */
export interface Health {
  readonly tone: HealthTone
  readonly label: string
  readonly reason?: string
}

const unreachable = ({ unreachable: outage, error }: SessionState): Health => {
  const reason = (outage?.error ?? error)?.message
  return {
    tone: 'bad',
    label: outage ? `Unreachable since ${sinceText(outage.since)}` : 'Unreachable',
    ...(reason !== undefined && { reason }),
  }
}

/** A server that does not respond is unreachable, also while it is signed in or waits for credentials. */
export function health(state: SessionState): Health {
  switch (state.phase) {
    case 'connecting':
      return { tone: 'busy', label: 'Connecting' }
    case 'untrusted':
      return state.pinned
        ? { tone: 'bad', label: 'Certificate changed' }
        : { tone: 'ask', label: 'Certificate not trusted' }
    case 'denied':
      return {
        tone: 'bad',
        label: state.deniedUntil ? `Blocked until ${localClock(state.deniedUntil)}` : 'Blocked',
      }
    case 'unreachable':
      return unreachable(state)
    case 'signed-out':
      return { tone: 'off', label: state.lastSeen === undefined ? 'Not checked' : 'Signed out' }
    case 'signed-in':
      return state.unreachable ? unreachable(state) : { tone: 'ok', label: 'Signed in' }
    case 'needs-password':
      return state.unreachable ? unreachable(state) : { tone: 'ask', label: 'Password required' }
    case 'needs-otp':
      return state.unreachable ? unreachable(state) : { tone: 'ask', label: 'Verification code required' }
  }
}

/** One line of a server's state: `Unreachable since 12:04: Connection refused`. */
export const healthText = ({ label, reason }: Health): string => (reason === undefined ? label : `${label}: ${reason}`)
