import type { SessionState } from '@shared/domain/session'
import { localClock } from './time'

type HealthTone = 'ok' | 'busy' | 'ask' | 'bad' | 'off'

/** What the dot beside a server says, as a tone and in words. */
export interface Health {
  readonly tone: HealthTone
  readonly label: string
}

export function health(state: SessionState): Health {
  switch (state.phase) {
    case 'signed-in':
      return { tone: 'ok', label: 'Signed in' }
    case 'connecting':
      return { tone: 'busy', label: 'Connecting' }
    case 'untrusted':
      return {
        tone: state.pinned ? 'bad' : 'ask',
        label: state.pinned ? 'Certificate changed' : 'Certificate not trusted yet',
      }
    case 'needs-password':
      return { tone: 'ask', label: 'Password needed' }
    case 'needs-otp':
      return { tone: 'ask', label: 'Code needed' }
    case 'denied':
      return {
        tone: 'bad',
        label: state.deniedUntil ? `Blocked until ${localClock(state.deniedUntil)}` : 'Blocked by the PBX',
      }
    case 'unreachable':
      return { tone: 'bad', label: 'Not reachable' }
    case 'signed-out':
      return { tone: 'off', label: 'Signed out' }
  }
}
