import type { ExportEntry, ExportFormat, ExportResource, IncompleteRead } from '../domain/export'
import type { WriteKind } from '../domain/journal'
import type { EntryOutcome } from '../domain/journal-view'
import type { ServerId } from '../domain/server'
import type { JournaledId } from '../resources/ids'
import type { MergedServer } from './merged'
import type { MergedId } from './merged-ids'
import type { MergedPhase } from './merged-phase'

/** Lists that the search looks in. */
export const searchedIds = [
  'tenants',
  'dealers',
  'ip-rules',
  'transports',
  'trunk-assignments',
] as const satisfies readonly MergedId[]

/** How well a row matches, best first; a lower number is better. */
export const matchTiers = { exact: 0, titleStart: 1, titleWord: 2, title: 3, text: 4 } as const
export type MatchTier = (typeof matchTiers)[keyof typeof matchTiers]

/** A row that a search found, of what was read of a server at `readAt` (RFC 3339). */
export interface SearchHit {
  readonly resource: MergedId
  readonly serverId: ServerId
  readonly serverName: string
  /** The ID of the record on its server. */
  readonly record: string
  readonly readAt: string
  /** What names the row: a tenant's name, a range, a trunk and a tenant. */
  readonly title: string
  /** Its other values, shortened. */
  readonly detail: string
  readonly tier: MatchTier
}

/** What the rules of a server do to an address, as far as the API documentation settles it. */
export type AddressEffect =
  /** Only block rules match. */
  | 'blocked'
  /** Only allow rules match. */
  | 'allowed'
  /** Block and allow rules match, and PortSIP does not document which one takes precedence. */
  | 'undetermined'
  /** No rule matches, or only rules that have expired. */
  | 'none'
  /** Rules meet only a part of the range that was typed. */
  | 'partly'
  /** No rule matches of those whose range could be read, but there are others. */
  | 'unknown'

export interface MatchingRule {
  readonly record: string
  readonly cidr: string
  /** `ACCEPT` or `DENY`; a newer PBX may have others. */
  readonly target: string
  /** RFC 3339; null if it does not expire. */
  readonly expiresAt: string | null
  readonly hasExpired: boolean
}

/** The rules of one server that match an address or range, the most specific one first. */
export interface AddressAnswer {
  readonly serverId: ServerId
  readonly serverName: string
  readonly readAt: string
  readonly effect: AddressEffect
  /** Rules whose range could not be read: they may match, too. */
  readonly unreadable: number
  readonly rules: readonly MatchingRule[]
}

/** What was found in the rows that were read so far. */
export interface FoundRows {
  /** The best ones, best first: the same rows give the same order, whatever order they were read in. */
  readonly hits: readonly SearchHit[]
  /** How many rows match, by list. */
  readonly counts: { readonly [resource in MergedId]?: number }
  /** Set if the text is an address or range: servers whose rules were read completely. */
  readonly addresses?: readonly AddressAnswer[]
}

export type SearchedId = (typeof searchedIds)[number]

/** What was searched on a server: `read` only if each of the lists was, `partly` if the account cannot read the others. */
export interface SearchedServer extends MergedServer {
  readonly lists: readonly { readonly resource: SearchedId; readonly phase: MergedPhase }[]
}

/** What the reading of a list of a server came to. */
export const listPhase = ({ lists }: SearchedServer, resource: SearchedId): MergedPhase =>
  lists.find((list) => list.resource === resource)?.phase ?? 'waiting'

export interface SearchResult extends FoundRows {
  /** Worst first. */
  readonly servers: readonly SearchedServer[]
}

/** A change in the journal that a search found, with texts as its page shows them. */
export interface EntryHit {
  readonly seq: number
  /** RFC 3339. */
  readonly at: string
  /** The name that the server had then. */
  readonly server: string
  readonly object: string
  /** Empty for an action without a resource. */
  readonly resource: JournaledId | ''
  readonly action: WriteKind
  /** The changed fields with the values before and after, shortened. */
  readonly detail: string
  readonly outcome: EntryOutcome
  readonly user: string
  readonly tier: MatchTier
}

export interface FoundEntries {
  /** The best ones, best first, newest first among those that match alike. */
  readonly hits: readonly EntryHit[]
  /** How many changes match. */
  readonly count: number
  /** Damaged lines of the journal, in which nothing can be found. */
  readonly unreadable: number
}

/** An export that a search found by its name, server, list or time; its rows are not searched. */
export interface ExportHit {
  readonly id: string
  readonly file: string
  /** The name that the server had then; empty if the export has no readable manifest. */
  readonly server: string
  readonly resource?: ExportResource
  readonly format?: ExportFormat
  /** RFC 3339; without a manifest the time at which the file was last changed. */
  readonly exportedAt: string
  readonly integrity: ExportEntry['integrity']
  /** Set if rows are missing. */
  readonly incomplete?: IncompleteRead
  readonly tier: MatchTier
}

export interface FoundExports {
  /** The best ones, best first, newest first among those that match alike. */
  readonly hits: readonly ExportHit[]
  /** How many exports match. */
  readonly count: number
}
