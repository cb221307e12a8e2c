import type { RouteLocationRaw } from 'vue-router'
import type { EntryHit, ExportHit } from '@shared/fleet/search'
import type { TableColumn } from '@/components/table/types'
import { badgeText, formatText, resourceText } from '@/features/exports/export-text'
import { actionChoices, outcomeChoices } from '@/features/journal/journal-columns'

/** A change or an export as a row of its table. */
export type FoundRow = Readonly<Record<string, string>> & { readonly id: string }

export const placeOfEntry = ({ seq }: Pick<EntryHit, 'seq'>): RouteLocationRaw => ({
  name: 'journal',
  query: { open: String(seq) },
})
export const placeOfExport = ({ id }: Pick<ExportHit, 'id'>): RouteLocationRaw => ({
  name: 'export-view',
  params: { entryId: id },
})

export const entryColumns = [
  { key: 'object', label: 'Object', kind: 'text', width: 140, sortable: true, stretched: 1 },
  { key: 'server', label: 'Server', kind: 'text', width: 110, sortable: true },
  { key: 'action', label: 'Action', kind: 'choice', choices: actionChoices, width: 84, sortable: true },
  { key: 'detail', label: 'Change', kind: 'text', width: 150, stretched: 2 },
  { key: 'outcome', label: 'Result', kind: 'choice', choices: outcomeChoices, width: 110, sortable: true },
  { key: 'user', label: 'User', kind: 'text', width: 100, sortable: true },
  { key: 'at', label: 'Time', kind: 'time', width: 170, sortable: true },
] as const satisfies readonly TableColumn[]

export const exportColumns = [
  { key: 'file', label: 'File', kind: 'text', width: 220, sortable: true, stretched: true },
  { key: 'server', label: 'Server', kind: 'text', width: 120, sortable: true, empty: 'Not known' },
  { key: 'resource', label: 'Content', kind: 'text', width: 124, sortable: true, empty: 'Not known' },
  { key: 'format', label: 'Format', kind: 'text', width: 100, sortable: true, empty: 'Not known' },
  { key: 'integrity', label: 'Integrity', kind: 'text', width: 110, sortable: true },
  { key: 'exportedAt', label: 'Exported', kind: 'time', width: 170, sortable: true },
] as const satisfies readonly TableColumn[]

export const entryRow = ({ seq, object, server, action, detail, outcome, user, at }: EntryHit): FoundRow => ({
  id: String(seq),
  object,
  server,
  action,
  detail,
  outcome,
  user,
  at,
})

/** `Verified`, `Incomplete`. */
export const integrityText = ({ integrity, incomplete }: ExportHit): string =>
  badgeText({ integrity, ...(incomplete && { manifest: { incomplete } }) }).label

export const exportRow = (hit: ExportHit): FoundRow => ({
  id: hit.id,
  file: hit.file,
  server: hit.server,
  resource: resourceText(hit.resource),
  format: formatText(hit.format),
  integrity: integrityText(hit),
  exportedAt: hit.exportedAt,
})
