import type { JournaledId } from '../resources/ids'
import type { JournalLine, Outcome, WriteKind } from './journal'

export type IntentLine = Extract<JournalLine, { kind: 'intent' }>
export type ResultLine = Extract<JournalLine, { kind: 'result' }>

export type NoteLine = Extract<JournalLine, { kind: 'note' }>

/** `sending`: it is being sent in this run. `pending`: an earlier run ended before its result was stored. */
export type EntryOutcome = Outcome | 'sending' | 'pending'

/** One change as a row of the journal, with texts as they are shown and searched. */
export type JournalRow = {
  /** The number of the entry. */
  readonly id: string
  readonly seq: number
  /** RFC 3339. */
  readonly at: string
  readonly server: string
  readonly folder: string
  readonly tags: readonly string[]
  readonly object: string
  /** Empty for an action without a resource. */
  readonly resource: JournaledId | ''
  readonly action: WriteKind
  readonly before: string
  readonly after: string
  readonly outcome: EntryOutcome
  readonly message: string
  readonly user: string
  /** The first note. */
  readonly ticket: string
  /** The other notes, oldest first. */
  readonly notes: string
  /** Source of the change, such as `Revert of entry 12`. */
  readonly source: string
}

/**
 * The values by which entries can be filtered, unique and sorted; servers, folders and tags as they were at that time.
 */
export interface JournalChoices {
  readonly servers: readonly string[]
  readonly folders: readonly string[]
  readonly tags: readonly string[]
  readonly users: readonly string[]
  readonly resources: readonly JournaledId[]
}

/** All data of one entry. */
export interface JournalEntry {
  readonly intent: IntentLine
  readonly outcome: EntryOutcome
  readonly result?: ResultLine
  /** The number of the latest entry that reverted this one. */
  readonly revertedBy?: number
  /** Notes that were added later, oldest first. */
  readonly notes: readonly NoteLine[]
}

/** State of the journal. `verified` counts the entries with an intact chain; undefined until that was checked. */
export interface JournalStatus {
  /** The number of the last entry, including results. */
  readonly entries: number
  readonly verified?: number
  /** The first entry that was modified. */
  readonly broken?: { readonly seq: number; readonly file: string }
  /** The file with the rest of an incomplete line that was found at this start. */
  readonly torn?: string
  /** The number of the last entry, if it is missing: no change is sent until the user continues the journal. */
  readonly missing?: number
}
