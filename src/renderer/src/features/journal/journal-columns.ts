import type { EntryOutcome } from '@shared/domain/journal-view'
import type { WriteKind } from '@shared/domain/journal'
import type { FieldChoice } from '@shared/resources/field'
import type { TableColumn } from '@/components/table/types'

interface OutcomeWords {
  readonly label: string
  readonly tone: 'ok' | 'warn' | 'danger' | 'neutral'
  readonly about: string
}

export const outcomeWords: Readonly<Record<EntryOutcome, OutcomeWords>> = {
  done: { label: 'Done', tone: 'ok', about: 'The server confirmed the change, and it was read back.' },
  alreadyInPlace: { label: 'Already in place', tone: 'neutral', about: 'The server had this value. Nothing was sent.' },
  conflict: { label: 'Conflict', tone: 'warn', about: 'The value had changed in the meantime. Nothing was sent.' },
  refused: { label: 'Refused', tone: 'danger', about: 'The server refused the change. Nothing changed.' },
  notSent: {
    label: 'Not sent',
    tone: 'neutral',
    about: 'The change never left the app, or left no trace on the server.',
  },
  unknown: { label: 'Unknown', tone: 'warn', about: 'The change was sent, and its effect was not verified.' },
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

const tones: Readonly<Record<OutcomeWords['tone'], Pick<FieldChoice, 'tone'>>> = {
  ok: { tone: 'good' },
  danger: { tone: 'bad' },
  warn: {},
  neutral: {},
}

export const outcomeChoices = Object.entries(outcomeWords).map(([value, { label, tone }]): FieldChoice => ({
  value,
  label,
  ...tones[tone],
}))
export const actionChoices = Object.entries(actionWords).map(([value, label]): FieldChoice => ({ value, label }))

export const journalColumns: readonly TableColumn[] = [
  { key: 'at', label: 'Time', width: 170, kind: 'time', sortable: true },
  { key: 'server', label: 'Server', width: 140, kind: 'text', sortable: true },
  { key: 'object', label: 'Object', width: 190, kind: 'text', sortable: true },
  { key: 'action', label: 'Action', width: 80, kind: 'choice', choices: actionChoices, sortable: true },
  { key: 'before', label: 'Before', width: 180, kind: 'text' },
  { key: 'after', label: 'After', width: 180, kind: 'text' },
  { key: 'outcome', label: 'Result', width: 120, kind: 'choice', choices: outcomeChoices, sortable: true },
  { key: 'ticket', label: 'Ticket', width: 120, kind: 'text', sortable: true },
  { key: 'user', label: 'User', width: 140, kind: 'text', sortable: true, optional: true },
  { key: 'message', label: 'Message', width: 260, kind: 'text', optional: true },
  { key: 'notes', label: 'Later notes', width: 200, kind: 'text', optional: true },
  { key: 'folder', label: 'Folder', width: 120, kind: 'text', sortable: true, optional: true },
  { key: 'seq', label: 'Entry', width: 80, kind: 'number', sortable: true, optional: true },
]
