import type { SessionState } from '@shared/domain/session'
import { localClock, sinceText } from '@shared/format/time'

type HealthTone = 'ok' | 'busy' | 'ask' | 'bad' | 'off'

/** The state of a server for every place that shows it: a tone, a label, and why it is so where there is more to say. */
export interface Health {
  readonly tone: HealthTone
  readonly label: string
  readonly reason?: string
}

const unreachable = ({ unreachable: known, error }: SessionState): Health => {
  const reason = (known?.error ?? error)?.message
  return {
    tone: 'bad',
    label: known ? `Unreachable since ${sinceText(known.since)}` : 'Unreachable',
    ...(reason !== undefined && { reason }),
  }
}

/** A server that nothing answers is unreachable whatever step its session is at; a running attempt shows itself. */
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
