import type { Protection } from './server'

export const protectionLabels: Readonly<Record<Protection, string>> = {
  open: 'No confirmation',
  ask: 'Confirm',
  'type-name': 'Confirm by name',
  'read-only': 'Read-only',
}
