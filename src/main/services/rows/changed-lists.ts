import type { JournalLine } from '@shared/domain/journal'
import type { ServerId } from '@shared/domain/server'
import { mergedIds, type MergedId } from '@shared/fleet/merged-ids'

/** Changes come in bursts, as when a plan is applied: the list is read when this time has passed without one. */
const quietMs = 1500

interface ChangedListsDeps {
  readonly onChanged: (serverId: ServerId, resource: MergedId) => void
  /** Runs later; returns the function that prevents it. */
  readonly after: (ms: number, run: () => void) => () => void
}

const known: ReadonlySet<string> = new Set(mergedIds)

/**
 * The lists that a change of a resource concerns: a tenant's name and trunks are in the assignments, too, and the own
 * tenant is a row of the tenants.
 */
function listsOfWrite(resource: string | undefined): readonly MergedId[] {
  if (resource === 'trunk-assignment') return ['trunk-assignments']
  if (resource === 'tenants') return ['tenants', 'trunk-assignments']
  if (resource === 'tenant') return ['tenants']
  return resource !== undefined && known.has(resource) ? [resource as MergedId] : []
}

/** Tells from the journal which lists this app has changed, so that rows that were read before are read again. */
export class ChangedLists {
  /** The lists of each change that has no result yet, by its number. */
  private readonly sent = new Map<number, { readonly serverId: ServerId; readonly lists: readonly MergedId[] }>()
  private readonly timers = new Map<string, () => void>()

  constructor(private readonly deps: ChangedListsDeps) {}

  onAppended(lines: readonly JournalLine[]): void {
    for (const line of lines) {
      if (line.kind === 'intent') {
        const lists = listsOfWrite(line.write.resource)
        if (lists.length > 0) this.sent.set(line.seq, { serverId: line.server.id, lists })
      } else if (line.kind === 'result') {
        const change = this.sent.get(line.of)
        this.sent.delete(line.of)
        if (change !== undefined) for (const resource of change.lists) this.wait(change.serverId, resource)
      }
    }
  }

  stop(): void {
    for (const cancel of this.timers.values()) cancel()
    this.timers.clear()
  }

  private wait(serverId: ServerId, resource: MergedId): void {
    const key = `${resource}/${serverId}`
    this.timers.get(key)?.()
    this.timers.set(
      key,
      this.deps.after(quietMs, () => {
        this.timers.delete(key)
        this.deps.onChanged(serverId, resource)
      }),
    )
  }
}
