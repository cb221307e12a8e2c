import { printNumber } from '../format/print-number'
import type { WriteSource } from '../domain/journal'

/** Maximum number of entry numbers in the text. */
const named = 5

/** `Revert of entry 12`, `Revert of entries 12, 15`. */
function revertText(of: readonly number[]): string {
  const shown = of.slice(0, named).join(', ')
  const more = of.length > named ? ` and ${printNumber(of.length - named)} more` : ''
  return `Revert of ${of.length === 1 ? 'entry' : 'entries'} ${shown}${more}`
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
