import type { WriteKind } from '../domain/journal'
import type { EntryOutcome } from '../domain/journal-view'

interface OutcomeWords {
  readonly label: string
  readonly tone: 'ok' | 'warn' | 'danger' | 'neutral'
  readonly about: string
}

export const outcomeWords: Readonly<Record<EntryOutcome, OutcomeWords>> = {
  done: { label: 'Done', tone: 'ok', about: 'The server confirmed the change, and it was verified.' },
  alreadyInPlace: { label: 'Already in place', tone: 'neutral', about: 'The server had this value. Nothing was sent.' },
  conflict: {
    label: 'Conflict',
    tone: 'warn',
    about: 'The value was changed on the server in the meantime. Nothing was sent.',
  },
  refused: { label: 'Refused', tone: 'danger', about: 'The server refused the change. Nothing changed.' },
  notSent: {
    label: 'Not sent',
    tone: 'neutral',
    about: 'The change was not sent, or had no effect on the server.',
  },
  unknown: { label: 'Unknown', tone: 'warn', about: 'The change was sent, but not verified.' },
  sending: { label: 'In progress', tone: 'neutral', about: 'The change is being sent and verified.' },
  pending: {
    label: 'No result',
    tone: 'warn',
    about: 'The app ended before the result was stored. The change may have been sent.',
  },
}

export const actionWords: Readonly<Record<WriteKind, string>> = {
  create: 'Create',
  change: 'Change',
  delete: 'Delete',
  action: 'Action',
}
