import { setImmediate } from 'node:timers/promises'
import { clipText } from '@shared/domain/clip-text'
import type { IntentLine, JournalRow, ResultLine } from '@shared/domain/journal-view'
import type { EntryHit, FoundEntries, MatchTier } from '@shared/fleet/search'
import { entryChanges, type EntryChange } from '@shared/journal/entry-changes'
import { actionWords, outcomeWords } from '@shared/journal/entry-words'
import { resourceOf } from '@shared/resources/registry'
import { BestFound } from '../search/best-found'
import { matcherOf, searchedOf, timeTexts, valuesIn, type Searched } from '../search/matcher'
import { rawTexts } from './journal-rows'

/** The journal as it was read. */
interface Entries {
  /** All changes. */
  readonly intents: () => Iterable<IntentLine>
  readonly result: (seq: number) => ResultLine | undefined
  readonly row: (intent: IntentLine) => JournalRow
}

/** Number of entries that are searched in one turn of the event loop. The first search has to make their texts. */
const sliceSize = 100
const detailLength = 200

/** The number is unique, and later entries have higher ones. */
const compareHits = (a: Candidate, b: Candidate): number => a.tier - b.tier || b.intent.seq - a.intent.seq

interface Candidate {
  readonly intent: IntentLine
  readonly tier: MatchTier
}

/** `Description: Scanner → Botnet`. */
function changeText({ label, before, after }: EntryChange): string {
  const values = [before, after].filter((value) => value !== undefined && value !== '')
  return values.length === 0 ? '' : `${label}: ${values.join(' → ')}`
}

/** Searches what the journal page shows of each change. */
export class EntryFinder {
  /** The texts of changes with a result: others still change. */
  private readonly searched = new Map<number, Searched>()

  constructor(private readonly entries: Entries) {}

  /** The texts of this change are others now. */
  changed(seq: number): void {
    this.searched.delete(seq)
  }

  async find(typed: string, max: number): Promise<Omit<FoundEntries, 'unreadable'>> {
    const best = new BestFound<Candidate>(max, compareHits)
    const match = matcherOf(typed)
    if (match === undefined) return { hits: [], count: 0 }
    const intents = [...this.entries.intents()]
    for (let start = 0; start < intents.length; start += sliceSize) {
      for (const intent of intents.slice(start, start + sliceSize)) {
        const tier = match(this.searchedOf(intent))
        if (tier !== undefined) best.add({ intent, tier })
      }
      await setImmediate()
    }
    return { hits: best.items.map((candidate) => this.hitOf(candidate)), count: best.count }
  }

  private searchedOf(intent: IntentLine): Searched {
    const { seq, write } = intent
    const known = this.searched.get(seq)
    if (known !== undefined) return known
    const result = this.entries.result(seq)
    const { object, resource, action, outcome, at, ticket, notes, ...row } = this.entries.row(intent)
    const kind = resource === '' ? '' : resourceOf(resource).label
    const searched = searchedOf(
      [object, seq, ticket, notes, write.id, result?.newId, ...rawTexts(intent)],
      [
        ...[kind, actionWords[action], outcomeWords[outcome].label, ...timeTexts(at)],
        ...[row.server, row.folder, ...row.tags, row.before, row.after, row.message, row.user, row.source],
      ],
      [...valuesIn(write.before), ...valuesIn(write.changes)],
    )
    if (result !== undefined) this.searched.set(seq, searched)
    return searched
  }

  private hitOf({ intent, tier }: Candidate): EntryHit {
    const { seq, at, server, object, resource, action, outcome, user } = this.entries.row(intent)
    const detail = entryChanges(intent.write).map(changeText).filter(Boolean).join(', ')
    return { seq, at, server, object, resource, action, detail: clipText(detail, detailLength), outcome, user, tier }
  }
}
