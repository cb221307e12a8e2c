import type { JournalRow } from '@shared/domain/journal-view'
import { actionWords, outcomeWords } from '@shared/journal/entry-words'
import type { FieldChoice } from '@shared/resources/field'
import type { TableColumn } from '@/components/table/types'

const tones: Readonly<Record<(typeof outcomeWords)['done']['tone'], Pick<FieldChoice, 'tone'>>> = {
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

export const journalColumns: readonly TableColumn<keyof JournalRow>[] = [
  { key: 'at', label: 'Time', width: 186, kind: 'time', sortable: true },
  { key: 'server', label: 'Server', width: 140, kind: 'text', sortable: true },
  { key: 'object', label: 'Object', width: 190, kind: 'text', sortable: true },
  { key: 'action', label: 'Action', width: 80, kind: 'choice', choices: actionChoices, sortable: true },
  { key: 'before', label: 'Before', width: 180, kind: 'text' },
  { key: 'after', label: 'After', width: 180, kind: 'text' },
  { key: 'outcome', label: 'Result', width: 120, kind: 'choice', choices: outcomeChoices, sortable: true },
  { key: 'ticket', label: 'Ticket', width: 120, kind: 'text', sortable: true },
  { key: 'source', label: 'Source', width: 150, kind: 'text', sortable: true },
  { key: 'user', label: 'User', width: 140, kind: 'text', sortable: true, optional: true },
  { key: 'message', label: 'Message', width: 260, kind: 'text', optional: true },
  { key: 'notes', label: 'Later notes', width: 200, kind: 'text', optional: true },
  { key: 'folder', label: 'Folder', width: 120, kind: 'text', sortable: true, optional: true },
  { key: 'seq', label: 'Entry', width: 80, kind: 'number', sortable: true, optional: true },
]
