import { protectionLabels } from '@shared/domain/protection-labels'
import type { Protection } from '@shared/domain/server'
import type { IconName } from '@/components/icons'

interface ProtectionWords {
  readonly help: string
  readonly icon: IconName
}

const words: { readonly [P in Protection]: ProtectionWords } = {
  open: {
    help: 'Changes are sent after their review, without confirmation.',
    icon: 'unlock',
  },
  ask: { help: 'Select a check box before each change is sent.', icon: 'question' },
  'type-name': {
    help: 'Type the name of the server before each change is sent. For production servers.',
    icon: 'keyboard',
  },
  'read-only': { help: 'No changes are sent to this server.', icon: 'lock' },
}

export const protectionLabel = (protection: Protection): string => protectionLabels[protection]
export const protectionHelp = (protection: Protection): string => words[protection].help
export const protectionIcon = (protection: Protection): IconName => words[protection].icon
