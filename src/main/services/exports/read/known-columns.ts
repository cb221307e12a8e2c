import type { ExportColumn } from '@shared/domain/export'
import { fileLimits } from '@shared/limits/files'
import { ipRule } from '@shared/resources/ip-rule'
import { checkNames } from './limits'

const labels: ReadonlyMap<string, string> = new Map(ipRule.fields.map(({ key, label }) => [key, label]))

/** Columns of a header line: names of the API get their label; an empty or repeated name gets a generated one. */
export function columnsOf(header: readonly string[]): readonly ExportColumn[] {
  checkNames(header, fileLimits.view)
  const seen = new Set<string>()
  return header.map((name, index) => {
    const wanted = name.trim() === '' ? `column_${index + 1}` : name.trim()
    const key = seen.has(wanted) ? `${wanted}_${index + 1}` : wanted
    seen.add(key)
    return { key, label: labels.get(wanted) ?? wanted }
  })
}
