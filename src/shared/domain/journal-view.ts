import type { JournaledId } from '../resources/ids'
import type { JournalLine, Outcome, WriteKind } from './journal'

export type IntentLine = Extract<JournalLine, { kind: 'intent' }>
export type ResultLine = Extract<JournalLine, { kind: 'result' }>

export type NoteLine = Extract<JournalLine, { kind: 'note' }>

/** `sending`: it is under way in this run. `pending`: an earlier run ended before its result was stored. */
export type EntryOutcome = Outcome | 'sending' | 'pending'

/** One change as a row of the journal; texts as they are shown and searched. A type, as tables take rows with any keys. */
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
  /** Empty for an action that is about no resource. */
  readonly resource: JournaledId | ''
  readonly action: WriteKind
  readonly before: string
  readonly after: string
  readonly outcome: EntryOutcome
  readonly message: string
  readonly user: string
  /** The first note. */
  readonly ticket: string
  /** The others, oldest first. */
  readonly notes: string
  /** What made it, such as `Revert of entry 12`. */
  readonly source: string
}

/** What the entries have to narrow by, each once and sorted; servers, folders and tags as they were at that time. */
export interface JournalChoices {
  readonly servers: readonly string[]
  readonly folders: readonly string[]
  readonly tags: readonly string[]
  readonly users: readonly string[]
  readonly resources: readonly JournaledId[]
}

/** Everything about one entry. */
export interface JournalEntry {
  readonly intent: IntentLine
  readonly outcome: EntryOutcome
  readonly result?: ResultLine
  /** The latest entry that reverted this one, alone. */
  readonly revertedBy?: number
  /** Added later, oldest first. */
  readonly notes: readonly NoteLine[]
}

/** How the journal was found. `verified` counts the entries whose chain is intact; absent until that was checked. */
export interface JournalStatus {
  /** The number of the last entry, results included. */
  readonly entries: number
  readonly verified?: number
  /** The first entry that is not what it was. */
  readonly broken?: { readonly seq: number; readonly file: string }
  /** The file with the remains of an unfinished line, where this start found some. */
  readonly torn?: string
  /** The journal ended at this entry before, and does not any more: no change is sent until a person continues it. */
  readonly missing?: number
}
