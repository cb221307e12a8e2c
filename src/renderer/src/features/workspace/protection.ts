import type { Protection } from '@shared/domain/server'
import type { IconName } from '@/components/icons'

interface ProtectionWords {
  readonly label: string
  readonly help: string
  readonly icon: IconName
}

const words: { readonly [P in Protection]: ProtectionWords } = {
  open: {
    label: 'Open',
    help: 'Changes are sent after their difference was shown, without a further question.',
    icon: 'unlock',
  },
  ask: { label: 'Ask', help: 'Each change is confirmed with a tick before it is sent.', icon: 'question' },
  'type-name': {
    label: 'Type the name',
    help: 'Each change is confirmed by typing the name of the server. For production.',
    icon: 'keyboard',
  },
  'read-only': { label: 'Read-only', help: 'Nothing is changed on this server through this app.', icon: 'lock' },
}

export const protectionLabel = (protection: Protection): string => words[protection].label
export const protectionHelp = (protection: Protection): string => words[protection].help
export const protectionIcon = (protection: Protection): IconName => words[protection].icon
