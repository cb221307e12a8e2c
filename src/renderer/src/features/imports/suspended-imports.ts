import type { ImportFile, ImportMapping } from '@shared/domain/import'

/** An import whose panel went with the session of its server. Its rows, also corrected ones, are still in main. */
export interface SuspendedImport {
  readonly file: ImportFile
  readonly mapping: ImportMapping
  readonly values: Readonly<Record<string, unknown>>
  readonly hasChangedRows: boolean
}

const suspended = new Map<string, SuspendedImport>()

interface Of {
  readonly serverId: string
  readonly resource: string
}

const keyOf = ({ serverId, resource }: Of): string => `${serverId} ${resource}`

export const suspendImport = (of: Of, opened: SuspendedImport): unknown => suspended.set(keyOf(of), opened)

/** The import to go on with, once. */
export function resumedImport(of: Of): SuspendedImport | undefined {
  const opened = suspended.get(keyOf(of))
  suspended.delete(keyOf(of))
  return opened
}
