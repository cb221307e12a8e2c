import { printNumber } from '../format/print-number'
import type { WriteSource } from '../domain/journal'

/** Maximum number of entry numbers in the text. */
const namedMax = 5

/** `Revert of entry 12`, `Revert of entries 12, 15`. */
function revertText(entryNumbers: readonly number[]): string {
  const numbers = entryNumbers.slice(0, namedMax).join(', ')
  const more = entryNumbers.length > namedMax ? ` and ${printNumber(entryNumbers.length - namedMax)} more` : ''
  return `Revert of ${entryNumbers.length === 1 ? 'entry' : 'entries'} ${numbers}${more}`
}

/** The entries that a change reverts; none if it is no revert. */
export function revertedEntries(source: WriteSource): readonly number[] {
  if (source.kind === 'revert') return [source.of]
  return source.kind === 'plan' ? (source.reverts ?? []) : []
}

/** The source of a change as text. */
export function sourceText(source: WriteSource): string {
  const reverted = revertedEntries(source)
  const revert = reverted.length === 0 ? '' : revertText(reverted)
  switch (source.kind) {
    case 'form':
      return 'Form'
    case 'list':
      return `One of ${printNumber(source.count)} selected rows`
    case 'import':
      return `Import of ${source.file}`
    case 'revert':
      return revert
    case 'plan': {
      const step = `${source.title}, step ${source.step}, attempt ${source.attempt}`
      return revert === '' ? step : `${revert} · ${step}`
    }
  }
}
